/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.RetryingClient;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.testkit.cloud.FakeAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsSessionTest {
  private final List<String> log = new ArrayList<>();
  private final List<Secret> masked = new ArrayList<>();
  private final HttpConnection connection =
      new HttpConnection(new Server("API of EC2", "Check it", ""), HttpClient.newBuilder());
  private FakeAws cloud;
  private int loads;

  @BeforeEach
  void start() throws IOException {
    cloud = new FakeAws();
  }

  @AfterEach
  void stop() {
    connection.close();
    cloud.close();
  }

  private AwsSession session(AwsSession.Source source, Clock clock) {
    return new AwsSession(
        mask -> {
          loads++;
          return source.load(mask);
        },
        clock,
        masked::add,
        log::add);
  }

  private static AwsCredentials permanent(String secret) {
    return AwsCredentialSearch.ofManifest(FakeAws.ACCESS_KEY, secret);
  }

  private AwsCredentials temporary(Instant expires) {
    List<String> key = cloud.issueKey();
    return new AwsCredentials(
        key.get(0), Secret.of(key.get(1)), Secret.of(key.get(2)), expires, permanent("x").source());
  }

  private QueryApi api(AwsSession session) {
    RetryPolicy policy =
        new RetryPolicy(
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(600),
            () -> 1,
            time -> {});
    return new QueryApi(
        connection,
        new RetryingClient(
            connection,
            session.login("ec2", FakeAws.REGION),
            new Retries(policy, log::add),
            new AwsRule()),
        cloud.address().resolve("/"),
        "2016-11-15",
        (action, code) -> "Ask " + action + " " + code);
  }

  private static void describe(QueryApi api) throws BuildException {
    api.call("DescribeImages", "does not list images", Map.of("Owner.1", "self"));
  }

  @Test
  void aSignatureIsAcceptedAndItsSecretDeclared() throws Exception {
    describe(api(session(mask -> permanent(FakeAws.SECRET_KEY), Clock.systemUTC())));
    assertTrue(masked.contains(Secret.of(FakeAws.SECRET_KEY)));
    assertEquals(List.of(), log);
  }

  @Test
  void aWrongKeyIsRefusedAndNotTriedForever() {
    QueryApi api = api(session(mask -> permanent("wrong"), Clock.systemUTC()));
    AwsException e = assertThrows(AwsException.class, () -> describe(api));
    assertEquals("SignatureDoesNotMatch", e.code());
    assertEquals(
        "The API of EC2 at CLOUD/ does not list images (status 403: SignatureDoesNotMatch: The"
            + " signature does not match). Ask DescribeImages SignatureDoesNotMatch",
        e.getMessage().replace(cloud.address().toString(), "CLOUD"));
    assertEquals(1, cloud.requests().size());
  }

  @Test
  void aKeyThatExpiresIsReplaced() throws Exception {
    QueryApi api = api(session(mask -> temporary(Instant.MAX), Clock.systemUTC()));
    describe(api);
    cloud.expireKeys();
    describe(api);
    assertEquals(2, loads);
    assertTrue(masked.contains(Secret.of("temporary-token-2")));
  }

  @Test
  void aKeyThatIsAboutToExpireIsReplacedBefore() throws Exception {
    QueryApi api =
        api(session(mask -> temporary(Instant.now().plusSeconds(60)), Clock.systemUTC()));
    describe(api);
    describe(api);
    assertEquals(2, cloud.requests().size());
    assertEquals(2, loads);
  }

  @Test
  void aClockThatIsWrongIsCorrectedAndSaid() throws Exception {
    Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(61));
    QueryApi api = api(session(mask -> permanent(FakeAws.SECRET_KEY), fast));
    describe(api);
    describe(api);
    assertEquals(3, cloud.requests().size());
    assertEquals(1, log.size(), log.toString());
    assertTrue(
        log.get(0).matches("The clock of this machine is 6[01] minutes ahead of that of AWS.*"),
        log.toString());
  }

  @Test
  void anErrorThatPassesIsRetriedAlthoughItsStatusIs400() throws Exception {
    cloud.fail(".*DescribeImages", FakeAws.refusal(400, "Throttling", "Rate exceeded"));
    cloud.fail(".*DescribeImages", FakeAws.refusal(503, "RequestLimitExceeded", "Slower"));
    describe(api(session(mask -> permanent(FakeAws.SECRET_KEY), Clock.systemUTC())));
    assertEquals(3, cloud.requests().size());
    assertTrue(log.get(0).contains("Throttling"), log.toString());
  }
}
