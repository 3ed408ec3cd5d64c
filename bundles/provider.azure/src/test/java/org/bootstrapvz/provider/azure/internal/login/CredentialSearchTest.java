/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
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
import org.bootstrapvz.testkit.cloud.FakeAzure;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class CredentialSearchTest {
  private static final String TAG = "7783-7084-3265-9085-8269-3286-77\n";

  @TempDir Path folder;
  final Map<String, String> variables = new TreeMap<>();
  final List<Secret> masked = new ArrayList<>();
  private FakeAzure cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new FakeAzure();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private CredentialSearch search() {
    return new CredentialSearch(surroundings(), folder.resolve("asset"));
  }

  private Surroundings surroundings() {
    return new Surroundings(
        variables, folder.resolve("here"), folder.resolve("home"), RetryPolicy::within);
  }

  private Endpoints endpoints() {
    return new Endpoints(cloud.address().toString(), cloud.address().toString());
  }

  private Credentials find(String subscription) throws Exception {
    return search().find(subscription, endpoints());
  }

  private String token(Credentials credentials) throws Exception {
    RetryPolicy policy =
        new RetryPolicy(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9), () -> 1, time -> {});
    try (TokenLogin login =
        new TokenLogin(
            credentials,
            new Server("login of Azure", "Check it", ""),
            () -> new Retries(policy, line -> {}),
            masked::add)) {
      HttpRequest.Builder request = HttpRequest.newBuilder(cloud.address());
      login.authorize(request);
      String header = request.build().headers().firstValue("Authorization").orElseThrow();
      String token = header.replace("Bearer ", "");
      assertTrue(masked.contains(Secret.of(token)));
      return token;
    }
  }

  private String failure(Executable action) {
    String message = assertThrows(BuildException.class, action).getMessage();
    assertFalse(message.contains(FakeAzure.SECRET), message);
    assertFalse(message.contains(FakeAzure.TOKEN_PREFIX), message);
    return message.replace(folder.toString(), "").replace(cloud.address().toString(), "CLOUD");
  }

  @Test
  void withoutCredentialsAllPlacesThatWereSearchedAreListed() {
    assertEquals(
        "There are no credentials for Azure. Searched: AZURE_CLIENT_SECRET (not set), the managed"
            + " identity (this is not a machine of Azure), az (not in PATH). Set AZURE_TENANT_ID,"
            + " AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, or run \"az login\"",
        failure(() -> find("")));
    variables.put("AZURE_CLIENT_CERTIFICATE_PATH", "cert.pem");
    assertTrue(
        failure(() -> find(""))
            .contains(
                "AZURE_CLIENT_SECRET (not set; AZURE_CLIENT_CERTIFICATE_PATH is, but certificates"
                    + " are not supported)"));
  }

  @Test
  void theSecretOfAnApplicationIsExchanged() throws Exception {
    variables.putAll(cloud.variables());

    Credentials found = find("");

    assertTrue(cloud.accepts(token(found)));
    assertTrue(masked.contains(Secret.of(FakeAzure.SECRET)));
    assertEquals(FakeAzure.CLIENT, found.source().client());
    assertTrue(cloud.accepts(token(search().find(found.source(), endpoints()))));
    assertEquals(FakeAzure.SUBSCRIPTION, search().subscription("", found));
    assertEquals("other", search().subscription("other", found));
    variables.remove("AZURE_SUBSCRIPTION_ID");
    assertTrue(
        failure(() -> search().subscription("", found)).contains("are for no subscription. Set"));
    assertEquals(
        "\"a/../b\" is not the id of a subscription: az account list",
        failure(() -> search().subscription("a/../b", found)));
  }

  @Test
  void everythingThatIsMissingOrWrongIsSaidAtOnce() {
    variables.put("AZURE_CLIENT_SECRET", FakeAzure.SECRET);
    variables.put("AZURE_TENANT_ID", "a/b");
    assertEquals(
        "The credentials for Azure from the environment variables AZURE_* are not complete:"
            + " AZURE_TENANT_ID is \"a/b\", which is not an id; AZURE_CLIENT_ID is not set",
        failure(() -> find("")));
  }

  @Test
  void aMachineOfAzureUsesItsIdentity() throws Exception {
    Files.writeString(folder.resolve("asset"), TAG);
    variables.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", cloud.address().toString());
    cloud.withIdentity("");

    Credentials found = find("");

    assertEquals("the managed identity of this machine", found.place());
    assertTrue(cloud.accepts(token(found)));
    variables.put("AZURE_CLIENT_ID", "of-another");
    assertTrue(
        failure(() -> find(""))
            .contains("the managed identity of this machine (Identity not found)"));
    cloud.withIdentity("of-another");
    assertTrue(cloud.accepts(token(find(""))));
    // The identity is that of the build, whatever the variable names later.
    assertTrue(cloud.accepts(token(search().find(found.source(), endpoints()))));
  }

  @Test
  void onlyAMachineOfAzureAsksTheMetadataService() throws Exception {
    Files.writeString(folder.resolve("asset"), "of another vendor\n");
    assertTrue(failure(() -> find("")).contains("this is not a machine of Azure"));
    Files.writeString(folder.resolve("asset"), TAG);
    assertEquals(
        "http://169.254.169.254",
        ManagedIdentity.find(surroundings(), folder.resolve("asset"), "", endpoints())
            .orElseThrow()
            .base()
            .toString());
  }

  private void writeAz(String script) throws Exception {
    Path command = folder.resolve("bin/az");
    Files.createDirectories(command.getParent());
    Files.writeString(command, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    variables.put("PATH", folder.resolve("bin").toString());
  }

  @Test
  void azGivesItsTokenForTheSubscription() throws Exception {
    String token = cloud.issueToken();
    writeAz(
        """
        case "$*" in
          "account get-access-token --resource CLOUD/ --output json") S=of-az;;
          "account get-access-token --resource CLOUD/ --output json --subscription wanted") S=wanted;;
          *) exit 1;;
        esac
        echo "{\\"accessToken\\": \\"TOKEN\\", \\"subscription\\": \\"$S\\"}"
        """
            .replace("CLOUD", cloud.address().toString())
            .replace("TOKEN", token));

    Credentials found = find("");

    assertEquals("az", found.place());
    assertEquals(token, token(found));
    assertEquals("of-az", search().subscription("", found));
    Credentials wanted = find("wanted");
    assertEquals("wanted", wanted.subscription());
    assertEquals(token, token(search().find(wanted.source(), endpoints())));
  }

  @Test
  void azWithoutALoginIsOneOfThePlaces() throws Exception {
    writeAz("echo eyJ0eXAi.secret >&2; exit 1");
    String message = failure(() -> find(""));
    assertTrue(
        message.contains(
            "az (\"az account get-access-token --resource CLOUD/ --output json\" fails with status 1."
                + " Run it to see why)"),
        message);
    writeAz("echo eyJ0eXAi.secret");
    assertTrue(failure(() -> find("")).contains("az (The output of az is not JSON)"));
    writeAz("echo {}");
    assertTrue(failure(() -> find("")).contains("az (gives no token)"));
  }

  @Test
  void anErrorOfTheLoginThatPassesIsRetried() throws Exception {
    variables.putAll(cloud.variables());
    cloud.fail(".*/token", Fault.before(503));
    cloud.fail(".*/token", Fault.cutAfter());
    assertTrue(cloud.accepts(token(find(""))));
  }
}
