/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.testkit.cloud.FakeOracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignerTest {
  private static final String FINGERPRINT = "73:61:a2:21:67:e0:df:be:7e:4b:93:1e:15:98:a5:b7";
  private static final String COMPARTMENT =
      "ocid1.compartment.oc1..aaaaaaaam3we6vgnherjq5q2idnccdflvjsnog7mlr6rtdb25gilchfeyjxa";
  private static final String VOLUME =
      "ocid1.volume.oc1.phx.abyhqljrgvttnlx73nmrwfaux7kcvzfs3s66izvxf2h4lgvyndsdsnoiwr5q";
  private static final String HOST = "https://iaas.us-phoenix-1.oraclecloud.com/20160918/";

  /** The example of "Request Signatures" in Oracle's documentation, with its key. */
  private static RequestSigner published() throws Exception {
    return new RequestSigner(
        new Credentials(
            new Credentials.Source("", ""),
            "ocid1.tenancy.oc1..aaaaaaaaba3pv6wkcr4jqae5f15p2b2m2yt2j6rx32uzr4h25vqstifsfdsq",
            "ocid1.user.oc1..aaaaaaaat5nvwcna5j6aqzjcaty5eqbb6qt2jvpkanghtgdaqedqw3rynjq",
            FINGERPRINT,
            "",
            PrivateKeyFile.read("published", PrivateKeyFileTest.key("published"), Secret.of("")),
            List.of()),
        Clock.systemUTC(),
        // That was a Sunday.
        now -> "Thu, 05 Jan 2014 21:31:40 GMT");
  }

  private static String authorization(HttpRequest.Builder request) throws Exception {
    published().authorize(request);
    return request.build().headers().firstValue("authorization").orElseThrow();
  }

  private static String expected(String headers, String signature) {
    return "Signature version=\"1\",headers=\"date (request-target) host"
        + headers
        + "\",keyId=\"ocid1.tenancy.oc1..aaaaaaaaba3pv6wkcr4jqae5f15p2b2m2yt2j6rx32uzr4h25vqstifsfdsq/"
        + "ocid1.user.oc1..aaaaaaaat5nvwcna5j6aqzjcaty5eqbb6qt2jvpkanghtgdaqedqw3rynjq/"
        + FINGERPRINT
        + "\",algorithm=\"rsa-sha256\",signature=\""
        + signature
        + "\"";
  }

  @Test
  void theSignatureOfARequestWithoutABodyIsThePublishedOne() throws Exception {
    assertEquals(
        expected(
            "",
            "GBas7grhyrhSKHP6AVIj/h5/Vp8bd/peM79H9Wv8kjoaCivujVXlpbKLjMPeDUhxkFIWtTtLBj3sUzaFj34XE6Y"
                + "ZAHc9r2DmE4pMwOAy/kiITcZxa1oHPOeRheC0jP2dqbTll8fmTZVwKZOKHYPtrLJIJQHJjNvxFWeHQjMa"
                + "R7M="),
        authorization(
            HttpRequest.newBuilder(
                URI.create(
                    HOST
                        + "instances?availabilityDomain=Pjwf%3A%20PHX-AD-1&compartmentId="
                        + COMPARTMENT
                        + "&displayName=TeamXInstances&volumeId="
                        + VOLUME))));
  }

  @Test
  void theSignatureOfARequestWithABodyIsThePublishedOne() throws Exception {
    String body =
        "{\n    \"compartmentId\": \""
            + COMPARTMENT
            + "\",\n    \"instanceId\": \"ocid1.instance.oc1.phx.abuw4ljrlsfiqw6vzzxb43vyypt4pkodawglp"
            + "3wqxjqofakrwvou52gb6s5a\",\n    \"volumeId\": \""
            + VOLUME
            + "\"\n}";
    String digest = RequestSigner.digest(body.getBytes(StandardCharsets.UTF_8));
    assertEquals("V9Z20UJTvkvpJ50flBzKE32+6m2zJjweHpDMX/U4Uy0=", digest);
    assertEquals(
        expected(
            " content-length content-type x-content-sha256",
            "Mje8vIDPlwIHmD/cTDwRxE7HaAvBg16JnVcsuqaNRim23fFPgQfLoOOxae6WqKb1uPjYEl0qIdazWaBy/Ml8DRhqlo"
                + "cMwoSXv0fbukP8J5N80LCmzT/FFBvIvTB91XuXI3hYfP9Zt1l7S6ieVadHUfqBedWH0itrtPJBgKmrWso="),
        authorization(
            HttpRequest.newBuilder(URI.create(HOST + "volumeAttachments"))
                .setHeader("content-type", "application/json")
                .setHeader(RequestSigner.BODY_DIGEST, digest)
                .POST(BodyPublishers.ofString(body))));
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 60})
  void aClockThatIsWrongIsCorrectedAndNamedOnce(long minutes) throws Exception {
    List<String> log = new ArrayList<>();
    try (FakeOracle cloud = new FakeOracle();
        HttpConnection connection =
            new HttpConnection(new Server("fake", "Check it", ""), HttpClient.newBuilder())) {
      RequestSigner signer =
          new RequestSigner(
              new Credentials(
                  new Credentials.Source("", ""),
                  FakeOracle.TENANCY,
                  FakeOracle.USER,
                  FakeOracle.fingerprint(),
                  "",
                  PrivateKeyFile.read("fake", FakeOracle.keyFile(), Secret.of("")),
                  List.of()),
              Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes)));
      RetryingClient client =
          new RetryingClient(
              connection,
              signer,
              new Retries(RetryPolicy.within(Duration.ofSeconds(5)), log::add),
              OciError::verdict);
      for (int i = 0; i < 2; i++) {
        assertEquals(
            200,
            client
                .repeatable(() -> HttpRequest.newBuilder(cloud.address().resolve("/n/")).GET())
                .status());
        signer.report(log::add);
      }
      assertEquals(3, cloud.requests().size());
    }
    assertEquals(1, log.size(), log.toString());
    assertTrue(
        log.get(0)
            .matches(
                "The clock of this machine is (59|60) minutes "
                    + (minutes < 0 ? "behind" : "ahead of")
                    + " that of Oracle\\. .*"),
        log.toString());
  }

  @Test
  void dayAndHourOfADateHaveTwoDigits() throws Exception {
    RequestSigner signer =
        new RequestSigner(
            new Credentials(
                new Credentials.Source("", ""),
                "t",
                "u",
                "f",
                "",
                PrivateKeyFile.read(
                    "published", PrivateKeyFileTest.key("published"), Secret.of("")),
                List.of()),
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(HOST));
    signer.authorize(request);
    assertEquals(
        "Fri, 02 Jan 2026 03:04:05 GMT",
        request.build().headers().firstValue("date").orElseThrow());
  }
}
