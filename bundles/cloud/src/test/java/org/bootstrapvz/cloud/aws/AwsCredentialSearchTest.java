/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.testkit.cloud.FakeAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsCredentialSearchTest {
  @TempDir Path folder;
  private FakeAws cloud;
  private final Map<String, String> variables = new TreeMap<>();
  private final List<Secret> masked = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    cloud = new FakeAws();
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("AWS_ENDPOINT_URL", cloud.address().toString());
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private AwsCredentialSearch search() {
    return new AwsCredentialSearch(
        new Surroundings(
            variables,
            folder,
            folder,
            budget ->
                new RetryPolicy(
                    Duration.ofMillis(1), Duration.ofMillis(1), budget, () -> 1.0, time -> {})));
  }

  private void write(String name, String... lines) throws IOException {
    Files.createDirectories(folder.resolve(".aws"));
    Files.write(folder.resolve(".aws").resolve(name), List.of(lines));
  }

  private AwsCredentials found(String profile) throws BuildException {
    return search().find(profile, masked::add);
  }

  private String failure(String profile) {
    String message = assertThrows(BuildException.class, () -> found(profile)).getMessage();
    assertFalse(message.contains("hidden"), message);
    return message.replace(folder.toString(), "HOME");
  }

  @Test
  void allPlacesThatWereSearchedAreNamed() {
    assertEquals(
        "There are no credentials for AWS. Searched: the environment variables AWS_ACCESS_KEY_ID and"
            + " AWS_ACCESS_KEY (not set), the profile default in HOME/.aws/credentials and"
            + " HOME/.aws/config (none), the credential service of a container"
            + " (AWS_CONTAINER_CREDENTIALS_* not set), the metadata service of an instance (switched"
            + " off, or no role). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run \"aws"
            + " configure\"",
        failure(""));
  }

  @Test
  void theEnvironmentComesBeforeTheDefaultProfileButNotBeforeANamedOne() throws Exception {
    write("credentials", "[default]", "aws_access_key_id = A1", "aws_secret_access_key = hidden1");
    variables.put("AWS_ACCESS_KEY_ID", "A2");
    variables.put("AWS_SECRET_ACCESS_KEY", "hidden2");
    variables.put("AWS_SESSION_TOKEN", "hidden3");

    assertEquals("A2", found("").accessKey());
    assertEquals(Secret.of("hidden3"), found("").token());
    assertEquals("A1", found("default").accessKey());
    assertEquals("the profile default", found("default").source().toString());
  }

  @Test
  void theVariablesOfTheOriginalAreRead() throws Exception {
    variables.put("AWS_ACCESS_KEY", "A2");
    variables.put("AWS_SECRET_KEY", "hidden2");
    assertEquals("A2", found("").accessKey());
    variables.remove("AWS_SECRET_KEY");
    assertEquals(
        "The environment has only one of the variables AWS_ACCESS_KEY and AWS_SECRET_KEY",
        failure(""));
  }

  @Test
  void aProfileMayBeInBothFiles() throws Exception {
    write("config", "[profile work]", "region=eu-west-1 # there", "s3 =", "  addressing = path");
    write("credentials", "[work]", "aws_access_key_id=A", "aws_secret_access_key=hid=den");

    assertEquals(Secret.of("hid=den"), found("work").secretKey());
    assertEquals("eu-west-1", search().region("", "work"));
    variables.put("AWS_PROFILE", "work");
    assertEquals("A", found("").accessKey());
    assertTrue(failure("wrok").endsWith("Did you mean work?"), failure("wrok"));
  }

  @Test
  void aCommandPrintsCredentials() throws Exception {
    write(
        "config",
        "[profile process]",
        "credential_process = /bin/cat \"" + folder.resolve("my key.json") + "\"");
    Files.writeString(
        folder.resolve("my key.json"),
        "{\"Version\": 1, \"AccessKeyId\": \"P\", \"SecretAccessKey\": \"hidden\","
            + " \"SessionToken\": \"hidden2\", \"Expiration\": \"2026-01-02T03:04:05+00:00\"}");

    AwsCredentials credentials = found("process");

    assertEquals("P", credentials.accessKey());
    assertEquals(Secret.of("hidden2"), credentials.token());
    assertEquals(Instant.parse("2026-01-02T03:04:05Z"), credentials.expires());
  }

  @Test
  void aCommandThatFailsIsNamedWithoutItsOutput() throws Exception {
    write("config", "[profile process]", "credential_process = /bin/sh -c 'echo hidden; exit 3'");
    assertEquals(
        "The credential_process of the profile process ended with status 3. Run it in a terminal to"
            + " see why",
        failure("process"));
  }

  @Test
  void aRoleIsAssumedWithTheKeyOfAnotherProfile() throws Exception {
    write(
        "config",
        "[profile role]",
        "role_arn = " + FakeAws.ROLE,
        "source_profile = base",
        "external_id = partner",
        "[profile base]",
        "aws_access_key_id = " + FakeAws.ACCESS_KEY,
        "aws_secret_access_key = " + FakeAws.SECRET_KEY);

    AwsCredentials credentials = found("role");

    assertTrue(credentials.accessKey().startsWith("ASIA"), credentials.toString());
    assertTrue(credentials.expires().isBefore(Instant.MAX));
    assertEquals("the profile role", credentials.source().toString());
    assertTrue(masked.contains(Secret.of(FakeAws.SECRET_KEY)));
  }

  @Test
  void aRoleThatIsNotGivenIsNamed() throws Exception {
    write(
        "config",
        "[profile role]",
        "role_arn = arn:aws:iam::1:role/other",
        "credential_source = Environment");
    variables.put("AWS_ACCESS_KEY_ID", FakeAws.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", FakeAws.SECRET_KEY);
    String message = failure("role");
    assertTrue(message.contains("does not give the role of the profile role"), message);
    assertTrue(message.contains("AccessDenied"), message);
  }

  @Test
  void profilesThatNeedEachOtherAreAnError() throws Exception {
    write(
        "config",
        "[profile a]",
        "role_arn = " + FakeAws.ROLE,
        "source_profile = b",
        "[profile b]",
        "role_arn = " + FakeAws.ROLE,
        "source_profile = a");
    assertEquals("The profiles a, b need each other", failure("a"));
  }

  @Test
  void aLoginOfAnotherKindIsExplained() throws Exception {
    write("config", "[profile sso]", "sso_session = s");
    assertTrue(failure("sso").contains("export-credentials --profile sso"), failure("sso"));
  }

  @Test
  void aContainerHasCredentials() throws Exception {
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", cloud.address() + "/container");
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", FakeAws.CONTAINER_TOKEN);
    assertEquals(AwsCredentials.Kind.CONTAINER, found("").source().kind());
  }

  @Test
  void anInstanceHasCredentials() throws Exception {
    variables.remove("AWS_EC2_METADATA_DISABLED");
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.address().toString());
    AwsCredentials credentials = found("");
    assertEquals(AwsCredentials.Kind.INSTANCE, credentials.source().kind());
    assertTrue(credentials.token().reveal().startsWith("temporary-token"));
  }

  @Test
  void theRegionIsThatOfTheManifestOrTheEnvironmentOrTheProfile() throws Exception {
    assertTrue(
        assertThrows(BuildException.class, () -> search().region("", ""))
            .getMessage()
            .startsWith("There is no region of AWS. Searched: provider.region, "));
    write("config", "[default]", "region = r1");
    assertEquals("r1", search().region("", ""));
    variables.put("AWS_DEFAULT_REGION", "r2");
    assertEquals("r2", search().region("", ""));
    variables.put("AWS_REGION", "r3");
    assertEquals("r3", search().region("", ""));
    assertEquals("r4", search().region("r4", ""));
  }
}
