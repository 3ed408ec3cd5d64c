/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSearchTest {
  private static final String ONE =
      """
      clouds:
        one:
          auth: {auth_url: 'https://one.example.org:5000', username: u, password: s3cret,
                 project_name: p, user_domain_name: D}
          region_name: north
      """;
  private static final String TWO =
      ONE
          + """
        two:
          auth_type: v3applicationcredential
          auth: {auth_url: 'https://two.example.org/v3', application_credential_id: i}
      """;

  @TempDir Path folder;
  final Map<String, String> variables = new TreeMap<>();

  private CredentialSearch search() {
    return new CredentialSearch(
        new Surroundings(
            variables, folder.resolve("here"), folder.resolve("home"), RetryPolicy::within),
        folder.resolve("etc"));
  }

  private Path write(String path, String content) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private String failure(String cloud) {
    String message = assertThrows(BuildException.class, () -> search().find(cloud)).getMessage();
    assertFalse(message.contains("s3cret"), message);
    return message.replace(folder.toString(), "");
  }

  @Test
  void withoutCredentialsAllPlacesThatWereSearchedAreListed() {
    assertEquals(
        "There are no credentials for OpenStack. Searched: the environment variables OS_CLOUD and"
            + " OS_AUTH_URL (not set), /here/clouds.yaml (not there),"
            + " /home/.config/openstack/clouds.yaml (not there), /etc/clouds.yaml (not there)."
            + " Write a clouds.yaml, or set the variables of an openrc file",
        failure(""));
    assertTrue(
        failure("one")
            .startsWith(
                "There are no credentials for OpenStack: no file describes the cloud one. Searched: /here/"));
    variables.put("OS_CLIENT_CONFIG_FILE", "own.yaml");
    assertTrue(failure("").contains("/here/own.yaml (not there). Write"));
  }

  @Test
  void theVariablesOfAnOpenrcFileAreUsed() throws Exception {
    variables.putAll(
        Map.of(
            "OS_AUTH_URL", "https://k.example.org/identity/",
            "OS_USERNAME", "me",
            "OS_PASSWORD", "s3cret",
            "OS_TENANT_NAME", "old",
            "OS_USER_DOMAIN_ID", "d"));
    Credentials found = search().find("");
    assertEquals("https://k.example.org/identity/v3/auth/tokens", found.tokens().toString());
    assertEquals(
        "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"me\","
            + "\"domain\":{\"id\":\"d\"},\"password\":\"s3cret\"}}},\"scope\":{\"project\":{"
            + "\"name\":\"old\",\"domain\":{\"name\":\"Default\"}}}}}",
        found.request());
    assertEquals("credentials from the environment variables OS_*", found.toString());
  }

  @Test
  void theOnlyCloudOfAFileIsUsedAndSeveralMustBeNamed() throws Exception {
    write("home/.config/openstack/clouds.yaml", ONE);
    Credentials found = search().find("");
    assertEquals("north", found.value("region_name"));
    assertEquals("one", found.source().cloud());
    assertEquals(found.source(), search().find(found.source()).source());

    write("here/clouds.yaml", TWO);
    assertEquals(
        "/here/clouds.yaml describes several clouds: one, two. Name one in provider.upload.cloud or"
            + " OS_CLOUD",
        failure(""));
    variables.put("OS_CLOUD", "one");
    assertEquals("one", search().find("").source().cloud());
    assertEquals(
        "/here/clouds.yaml does not describe the cloud oen. Did you mean one?", failure("oen"));
  }

  @Test
  void secretsMayBeInAFileOfTheirOwn() throws Exception {
    write("etc/clouds.yaml", TWO);
    assertEquals(
        "The credentials for OpenStack from cloud two in /etc/clouds.yaml are not complete:"
            + " auth.application_credential_secret is missing",
        failure("two"));
    write("etc/secure.yaml", "clouds: {two: {auth: {application_credential_secret: s3cret}}}");
    assertEquals(
        "{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],\"application_credential\":{"
            + "\"secret\":\"s3cret\",\"id\":\"i\"}}}}",
        search().find("two").request());
  }

  @Test
  void everythingThatIsMissingOrWrongIsSaidAtOnce() throws Exception {
    variables.put("OS_AUTH_URL", "http://k.example.org/");
    assertEquals(
        "The credentials for OpenStack from the environment variables OS_* are not complete:"
            + " OS_USERNAME or OS_USER_ID is missing; OS_PASSWORD is missing; OS_PROJECT_NAME or"
            + " OS_PROJECT_ID is missing; OS_AUTH_URL is \"http://k.example.org/\", but must start"
            + " with https://, since a password is sent there",
        failure(""));
  }

  @Test
  void aFileThatIsNoCloudsYamlIsNamedButNotQuoted() throws Exception {
    write("here/clouds.yaml", "clouds: {one: s3cret, - ]");
    assertEquals("The file /here/clouds.yaml is not YAML", failure(""));
    write("here/clouds.yaml", "password: s3cret");
    assertTrue(failure("").contains("describes no cloud"));
    write("here/clouds.yaml", "!!java.net.URL ['http://example.org/s3cret']");
    assertEquals("The file /here/clouds.yaml is not YAML", failure(""));
  }
}
