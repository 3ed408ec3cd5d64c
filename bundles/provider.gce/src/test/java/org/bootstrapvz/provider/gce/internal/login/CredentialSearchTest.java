/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Retries;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Server;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.cloud.login.TokenLogin;
import org.bootstrapvz.testkit.cloud.FakeGoogle;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSearchTest {
  @TempDir Path folder;
  final Map<String, String> variables = new TreeMap<>();
  final List<Secret> masked = new ArrayList<>();
  private FakeGoogle cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new FakeGoogle();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private CredentialSearch search() {
    return new CredentialSearch(
        new Surroundings(
            variables, folder.resolve("here"), folder.resolve("home"), RetryPolicy::within),
        folder.resolve("product"));
  }

  private Path write(String path, String content) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private String token(Credentials credentials) throws Exception {
    RetryPolicy policy =
        new RetryPolicy(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9), () -> 1, time -> {});
    try (TokenLogin login =
        new TokenLogin(
            credentials,
            new Server("login of Google", "Check it", ""),
            () -> new Retries(policy, line -> {}),
            masked::add)) {
      login.logIn();
      java.net.http.HttpRequest.Builder request =
          java.net.http.HttpRequest.newBuilder(cloud.address());
      login.authorize(request);
      String header = request.build().headers().firstValue("Authorization").orElseThrow();
      String token = header.replace("Bearer ", "");
      assertTrue(masked.contains(Secret.of(token)));
      return token;
    }
  }

  private String failure(String file) {
    return failure(() -> token(search().find(file)));
  }

  private String failure(org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(BuildException.class, action).getMessage();
    assertFalse(message.contains(FakeGoogle.privateKey()), message);
    assertFalse(message.contains(FakeGoogle.REFRESH_TOKEN), message);
    assertFalse(message.contains(FakeGoogle.CLIENT_SECRET), message);
    assertFalse(message.contains("ya29."), message);
    return message.replace(folder.toString(), "").replace(cloud.address().toString(), "CLOUD");
  }

  @Test
  void withoutCredentialsAllPlacesThatWereSearchedAreListed() {
    assertEquals(
        "There are no credentials for Google Cloud. Searched: GOOGLE_APPLICATION_CREDENTIALS (not"
            + " set), CLOUDSDK_AUTH_ACCESS_TOKEN_FILE (not set),"
            + " /home/.config/gcloud/application_default_credentials.json (not there), gcloud (not"
            + " in PATH), the metadata server (this is not a machine of Google Compute Engine). Set"
            + " GOOGLE_APPLICATION_CREDENTIALS to a file with the key of a service account, or run"
            + " \"gcloud auth login\"",
        failure(""));
    variables.put("CLOUDSDK_CONFIG", "own");
    assertTrue(failure("").contains("/here/own/application_default_credentials.json (not there)"));
  }

  @Test
  void theKeyOfAServiceAccountSignsItsClaim() throws Exception {
    variables.put(
        "GOOGLE_APPLICATION_CREDENTIALS", write("here/key.json", cloud.keyFile()).toString());

    Credentials found = search().find("");

    assertTrue(cloud.accepts(token(found)));
    assertEquals(FakeGoogle.EMAIL, found.account());
    assertEquals(FakeGoogle.PROJECT, search().project(found));
    assertEquals(folder + "/here/key.json", found.source().file());
    assertTrue(cloud.accepts(token(search().find(found.source()))));
    assertTrue(cloud.accepts(token(search().find("key.json"))));
    assertTrue(masked.stream().anyMatch(each -> each.reveal().contains(FakeGoogle.privateKey())));
    assertTrue(masked.stream().anyMatch(each -> each.reveal().matches("[^.]+\\.[^.]+\\.[^.]+")));
  }

  @Test
  void theLoginOfAUserIsExchanged() throws Exception {
    write("home/.config/gcloud/application_default_credentials.json", cloud.userFile());

    Credentials found = search().find("");

    assertTrue(cloud.accepts(token(found)));
    assertTrue(masked.contains(Secret.of(FakeGoogle.REFRESH_TOKEN)));
    assertTrue(masked.contains(Secret.of(FakeGoogle.CLIENT_SECRET)));
    assertEquals(
        "The credentials from the file /home/.config/gcloud/application_default_credentials.json"
            + " belong to no project. Set GOOGLE_CLOUD_PROJECT",
        failure(() -> search().project(found)));
    variables.put("GOOGLE_CLOUD_PROJECT", "other-project");
    assertEquals("other-project", search().project(found));
  }

  @Test
  void aTokenOfAnotherProgramIsRead() throws Exception {
    write("here/token", "ya29.of-another\n");
    variables.put("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", "token");

    Credentials found = search().find("");

    assertEquals("ya29.of-another", token(found));
    assertEquals("ya29.of-another", token(search().find(found.source())));
    write("here/token", "");
    assertEquals("The file /here/token has no token", failure(""));
  }

  private void writeGcloud(String script) throws Exception {
    Path command = write("bin/gcloud", "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    variables.put("PATH", "bin:" + folder.resolve("bin"));
  }

  @Test
  void gcloudGivesItsToken() throws Exception {
    writeGcloud(
        """
        case "$*" in
          "auth print-access-token --quiet") echo ya29.of-gcloud;;
          "config get-value project --quiet") echo project-of-gcloud;;
          *) exit 1;;
        esac
        """);

    Credentials found = search().find("");

    assertEquals(Source.GCLOUD, found.source());
    assertEquals("ya29.of-gcloud", token(found));
    assertEquals("project-of-gcloud", search().project(found));
    assertEquals("ya29.of-gcloud", token(search().find(found.source())));
  }

  @Test
  void gcloudWithoutALoginIsOneOfThePlaces() throws Exception {
    writeGcloud("echo ya29.secret >&2; exit 1");
    String message = failure("");
    assertTrue(
        message.contains(
            "gcloud (\"gcloud auth print-access-token --quiet\" fails with status 1. Run it to see why)"),
        message);
  }

  @Test
  void aMachineOfGoogleAsksItsMetadataServer() throws Exception {
    write("product", "Google Compute Engine\n");
    assertEquals("METADATA", search().find("").source().kind().name());
    assertTrue(search().find("").toString().contains("http://169.254.169.254/computeMetadata/v1/"));

    variables.put("GCE_METADATA_HOST", cloud.address().getAuthority());
    Credentials found = search().find("");

    assertTrue(cloud.accepts(token(found)));
    assertEquals(FakeGoogle.PROJECT, search().project(found));
  }

  @Test
  void aKeyFileOfAnotherTypeIsRefused() throws Exception {
    write("here/key.json", "{\"type\": \"external_account\", \"audience\": \"a\"}");
    assertEquals(
        "Credentials in the file /here/key.json are of the type \"external_account\". Use the key of"
            + " a service account (service_account) or the login of a user (authorized_user)",
        failure("key.json"));
    write("here/key.json", "{\"installed\": {\"client_secret\": \"Gre3n-Pepper\"}}");
    assertTrue(
        failure("key.json").startsWith("Credentials in the file /here/key.json have no type"));
    write("here/key.json", "Gre3n-Pepper {");
    assertTrue(failure("key.json").contains("is not JSON"));
    assertEquals("The file /here/none.json with credentials cannot be read", failure("none.json"));
  }

  @Test
  void everythingThatIsMissingInAKeyIsSaidAtOnce() throws Exception {
    write(
        "here/key.json",
        "{\"type\": \"service_account\", \"token_uri\": \"http://login.example.org/\"}");
    assertEquals(
        "The credentials in the file /here/key.json are not complete: client_email is missing;"
            + " private_key_id is missing; private_key is missing; token_uri is"
            + " \"http://login.example.org/\", but must start with https://",
        failure("key.json"));
  }

  @Test
  void aKeyThatIsNotPkcs8IsRefusedWithoutQuotingIt() throws Exception {
    write("here/key.json", cloud.keyFile().replace("BEGIN PRIVATE KEY", "BEGIN RSA PRIVATE KEY"));
    String message = failure("key.json");
    assertTrue(message.contains("is not an RSA key in PEM form (PKCS#8)"), message);
    write(
        "here/key.json",
        cloud.keyFile().replace(FakeGoogle.privateKey(), FakeGoogle.privateKey().substring(4)));
    assertEquals(message, failure("key.json"));
  }

  @Test
  void aKeyThatGoogleDoesNotKnowIsRefusedWithTheCommandThatShowsTheOthers() throws Exception {
    write("here/key.json", cloud.keyFile().replace("builder@", "deleted@"));
    String message = failure("key.json");
    assertTrue(
        message.startsWith(
            "The login of Google at CLOUD/ does not accept the credentials (status 400: Invalid"
                + " grant: account not found). Check that the service account deleted@"),
        message);
    assertTrue(message.contains("gcloud iam service-accounts keys list --iam-account"), message);
  }

  @Test
  void anErrorOfTheLoginThatPassesIsRetried() throws Exception {
    write("here/key.json", cloud.keyFile());
    cloud.fail(".*/token", Fault.before(503));
    cloud.fail(".*/token", Fault.cutAfter());
    assertTrue(cloud.accepts(token(search().find("key.json"))));
  }
}
