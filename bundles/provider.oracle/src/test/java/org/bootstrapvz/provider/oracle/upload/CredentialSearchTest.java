/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSearchTest {
  private static final String FINGERPRINT = "73:61:a2:21:67:e0:df:be:7e:4b:93:1e:15:98:a5:b7";
  private static final String PROFILE =
      """
      # A comment
      [DEFAULT]
      user = ocid1.user.oc1..me
      tenancy=ocid1.tenancy.oc1..all
      region=eu-frankfurt-1
      key_file=~/.oci/key.pem
      fingerprint=73:61:a2:21:67:e0:df:be:7e:4b:93:1e:15:98:a5:b7
      """;

  @TempDir Path folder;
  final Map<String, String> variables = new TreeMap<>();

  private CredentialSearch search() {
    return new CredentialSearch(
        new Surroundings(
            variables, folder.resolve("here"), folder.resolve("home"), RetryPolicy::within));
  }

  private Path write(String path, String content) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private String failure(String profile) {
    String message = assertThrows(BuildException.class, () -> search().find(profile)).getMessage();
    assertFalse(message.contains("Gr3en-Pear"), message);
    return message.replace(folder.toString(), "");
  }

  @Test
  void withoutCredentialsAllPlacesThatWereSearchedAreListed() {
    assertEquals(
        "There are no credentials for Oracle Cloud Infrastructure. Searched: OCI_CLI_USER (not set),"
            + " /home/.oci/config (not there). Run \"oci setup config\", or write the file as the"
            + " console shows it when an API key is added",
        failure(""));
    variables.put("OCI_CLI_CONFIG_FILE", "own");
    assertTrue(failure("x").contains("Searched: /here/own (not there)"));
  }

  @Test
  void aProfileOfTheFileIsUsedAndInheritsFromTheDefault() throws Exception {
    write("home/.oci/key.pem", PrivateKeyFileTest.key("published"));
    write("home/.oci/config", PROFILE + "[other]\nregion=us-phoenix-1\n");

    Credentials found = search().find("");

    assertEquals("ocid1.tenancy.oc1..all/ocid1.user.oc1..me/" + FINGERPRINT, found.keyId());
    assertEquals("eu-frankfurt-1", found.region());
    assertEquals("us-phoenix-1", search().find("other").region());
    variables.put("OCI_CLI_PROFILE", "other");
    assertEquals("us-phoenix-1", search().find("").region());
    assertEquals("eu-frankfurt-1", search().find(found.source()).region());
    assertEquals(
        "The configuration file /home/.oci/config has no profile othr. Did you mean other?",
        failure("othr"));
  }

  @Test
  void variablesReplaceTheValuesOfAProfile() throws Exception {
    write("here/encrypted.pem", PrivateKeyFileTest.key("pkcs8-aes256"));
    write("home/.oci/config", PROFILE);
    variables.put("OCI_CLI_KEY_FILE", "encrypted.pem");
    variables.put("OCI_CLI_REGION", "us-phoenix-1");
    assertTrue(failure("").contains("/here/encrypted.pem is encrypted"));
    variables.put("OCI_CLI_PASSPHRASE", "Gr3en-Pear");

    Credentials found = search().find("");

    assertEquals("us-phoenix-1", found.region());
    assertTrue(found.secrets().contains(Secret.of("Gr3en-Pear")));
    assertFalse(found.toString().contains("Gr3en"));
  }

  @Test
  void variablesAloneAreEnough() throws Exception {
    variables.put("OCI_CLI_USER", "u");
    variables.put("OCI_CLI_FINGERPRINT", FINGERPRINT);
    assertEquals(
        "The credentials for Oracle Cloud Infrastructure from the environment variables OCI_CLI_* are"
            + " not complete: OCI_CLI_TENANCY is missing; OCI_CLI_KEY_FILE is missing",
        failure(""));
    variables.put("OCI_CLI_TENANCY", "t");
    variables.put("OCI_CLI_KEY_CONTENT", PrivateKeyFileTest.key("published"));

    Credentials found = search().find("");

    assertEquals("t/u/" + FINGERPRINT, found.keyId());
    assertEquals("credentials from the environment variables OCI_CLI_*", found.toString());
    assertEquals("t", search().find(found.source()).tenancy());
  }

  @Test
  void everythingThatIsMissingIsSaidAtOnceAndSessionsAreNamed() throws Exception {
    write("home/.oci/config", "[DEFAULT]\nsecurity_token_file=token\nregion=r\n");
    assertEquals(
        "The credentials for Oracle Cloud Infrastructure from profile DEFAULT in /home/.oci/config are"
            + " not complete: tenancy is missing; user is missing; fingerprint is missing; key_file"
            + " is missing. Session tokens are not supported: add an API key",
        failure(""));
  }

  @Test
  void aKeyFileThatIsNotThereOrOfAnotherKeyIsNamed() throws Exception {
    write("home/.oci/config", PROFILE);
    assertEquals(
        "The key file /home/.oci/key.pem of the credentials from profile DEFAULT in"
            + " /home/.oci/config cannot be read",
        failure(""));
    write("home/.oci/key.pem", PrivateKeyFileTest.key("published"));
    write("home/.oci/config", PROFILE.replace("73:61", "73:62"));
    assertEquals(
        "The key in /home/.oci/key.pem has the fingerprint "
            + FINGERPRINT
            + ", but that of the credentials from profile DEFAULT in /home/.oci/config is "
            + FINGERPRINT.replace("73:61", "73:62")
            + ". Correct one of them",
        failure(""));
  }
}
