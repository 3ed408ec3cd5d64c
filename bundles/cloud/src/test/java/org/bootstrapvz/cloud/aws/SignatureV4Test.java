/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the public documentation, with its published key that opens nothing. */
class SignatureV4Test {
  private static final Secret KEY = Secret.of("wJalrXUtnFEMI/K7MDENG" + "+bPxRfiCYEXAMPLEKEY");
  private static final Secret S3_KEY = Secret.of("wJalrXUtnFEMI/K7MDENG" + "/bPxRfiCYEXAMPLEKEY");
  private static final String DATE = "20150830T123600Z";
  private static final String S3_DATE = "20130524T000000Z";
  private static final String S3_HOST = "examplebucket.s3.amazonaws.com";
  private static final String EMPTY = SignatureV4.sha256(new byte[0]);

  @Test
  void theKeyIsDerivedForDateRegionAndService() {
    assertEquals(
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
        HexFormat.of().formatHex(new SignatureV4("us-east-1", "iam").signingKey(KEY, DATE)));
  }

  @Test
  void theDateIsInUtcWithoutPunctuation() {
    assertEquals(DATE, SignatureV4.date(Instant.parse("2015-08-30T12:36:00.9Z")));
  }

  @Test
  void aQueryIsSigned() {
    assertEquals(
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        new SignatureV4("us-east-1", "iam")
            .sign(
                KEY,
                "GET",
                URI.create("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
                Map.of(
                    "Content-Type",
                    "application/x-www-form-urlencoded; charset=utf-8",
                    "Host",
                    "iam.amazonaws.com",
                    "X-Amz-Date",
                    DATE),
                EMPTY,
                DATE));
  }

  @Test
  void anAddressWithoutQueryIsSigned() {
    assertEquals(
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        new SignatureV4("us-east-1", "service")
            .sign(
                KEY,
                "GET",
                URI.create("https://example.amazonaws.com/"),
                Map.of("Host", "example.amazonaws.com", "X-Amz-Date", DATE),
                EMPTY,
                DATE));
  }

  @ParameterizedTest
  @CsvSource({
    "/test.txt,Range: bytes=0-9,f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    "/?lifecycle,,fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    "/?max-keys=2&prefix=J,,34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    "/?prefix=J&max-keys=2,,34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
  })
  void aRequestToS3IsSigned(String path, String header, String signature) {
    Map<String, String> headers = s3Headers(EMPTY);
    if (header != null) {
      headers.put(header.split(": ")[0], header.split(": ")[1]);
    }
    assertEquals(signature, s3("GET", path, headers, EMPTY));
  }

  @Test
  void thePathOfS3IsEncodedOnceAndItsBodySigned() {
    String payload =
        SignatureV4.sha256("Welcome to Amazon S3.".getBytes(StandardCharsets.US_ASCII));
    Map<String, String> headers = s3Headers(payload);
    headers.put("date", "Fri, 24 May 2013 00:00:00 GMT");
    headers.put("x-amz-storage-class", "REDUCED_REDUNDANCY");
    assertEquals(
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        s3("PUT", "/test$file.text", headers, payload));
  }

  @Test
  void aSignedAddressIsSigned() {
    String query =
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
            + "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date="
            + S3_DATE
            + "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host";
    assertEquals(
        "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        s3("GET", query, Map.of("host", S3_HOST), "UNSIGNED-PAYLOAD"));
  }

  private static Map<String, String> s3Headers(String payload) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", S3_HOST);
    headers.put("x-amz-content-sha256", payload);
    headers.put("x-amz-date", S3_DATE);
    return headers;
  }

  private static String s3(
      String method, String path, Map<String, String> headers, String payload) {
    return new SignatureV4("us-east-1", "s3")
        .sign(S3_KEY, method, URI.create("https://" + S3_HOST + path), headers, payload, S3_DATE);
  }
}
