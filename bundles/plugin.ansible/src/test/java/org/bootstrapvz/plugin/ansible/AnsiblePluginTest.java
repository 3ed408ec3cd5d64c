/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.ansible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnsiblePluginTest extends PluginTest<AnsiblePlugin> {
  AnsiblePluginTest() {
    super("ansible", new AnsiblePlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | The key `playbook` is missing",
        "{playbook: ''} | plugins.ansible.playbook:",
        "{playbook: site.yml, extra_vars: [a]} | plugins.ansible.extra_vars:",
        "{playbook: site.yml, tags: []} | plugins.ansible.tags:",
        "{playbook: site.yml, tags: ['a,b']} | plugins.ansible.tags.0:",
        "{playbook: site.yml, groups: [{web: 1}]} | plugins.ansible.groups.0:",
        "{playbook: site.yml, groups: [a b]} | plugins.ansible.groups.0:",
        "{playbook: site.yml, opt_flags: --diff} | plugins.ansible.opt_flags:",
        "{playbook: site.yml, inventory: hosts} | Unknown key `inventory`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void theSettingsOfTheOriginalSelectItsTasks() {
    Manifest manifest =
        check(
            "{playbook: site.yml, groups: [g], tags: [t], skip_tags: [s], opt_flags: [--diff],"
                + " extra_vars: {ansible_ssh_user: admin}}");

    assertEquals(List.of(), checker.problems());
    assertEquals(
        Set.of("AddPackages", "CheckPlaybookPath", "RunAnsiblePlaybook", "RemoveAnsibleSSHUserDir"),
        TestTaskSet.selectedBy(plugin, manifest).names());
    assertFalse(
        TestTaskSet.selectedBy(plugin, check("{playbook: site.yml}"))
            .names()
            .contains("RemoveAnsibleSSHUserDir"));
  }

  @ParameterizedTest
  @CsvSource({"trixie, python3", "buster, python3"})
  void pythonIsInstalledForTheModules(String release, String name) throws Exception {
    TestBuild build = new TestBuild(new TestManifest().with("system.release", release), directory);

    new AddPackages().run(build);

    assertEquals(List.of(PackageRequest.of(name)), build.all(PackageRequest.class));
  }

  /** The files of a run, by their names, while the playbook runs. */
  private final Map<String, String> seen = new LinkedHashMap<>();

  private Command run(TestBuild build) throws Exception {
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("ansible-playbook"),
            command -> {
              Path folder = Path.of(command.environment().get("HOME"));
              for (String name : List.of("inventory.json", "variables.json")) {
                if (Files.exists(folder.resolve(name))) {
                  seen.put(name, Files.readString(folder.resolve(name)));
                }
              }
              assertTrue(
                  Files.exists(
                      Path.of(command.environment().get("ANSIBLE_CONNECTION_PLUGINS"))
                          .resolve("image_root.py")));
              return TestSandbox.result(0);
            });
    new CheckPlaybookPath().run(build);
    new RunAnsiblePlaybook().run(build);
    return build.host().commands().get(0);
  }

  private void playbook() throws IOException {
    Files.writeString(directory.resolve("site.yml"), "- hosts: web\n");
  }

  @Test
  void theOnlyHostIsTheImageInItsGroups() throws Exception {
    playbook();
    TestBuild build = newBuild("{playbook: site.yml, groups: [web, db]}");

    run(build);

    JsonNode all = JsonMapper.shared().readTree(seen.get("inventory.json")).path("all");
    JsonNode host = all.path("hosts").path("image");
    assertEquals("image_root", host.path("ansible_connection").asString());
    assertEquals(build.root().path().toString(), host.path("bootstrapvz_root").asString());
    assertEquals("/usr/bin/python3", host.path("ansible_python_interpreter").asString());
    assertTrue(all.path("children").path("web").path("hosts").has("image"), all.toString());
    assertTrue(all.path("children").path("db").path("hosts").has("image"), all.toString());
  }

  @Test
  void variablesAreInAFileAndNotInTheArguments() throws Exception {
    playbook();
    TestBuild build =
        newBuild(
            "{playbook: site.yml, extra_vars: {password: lovelace-1815, port: 80, debug: false,"
                + " list: [a]}, tags: [a, b], skip_tags: [c], opt_flags: [--diff, -v]}");

    String command = run(build).toString();

    assertEquals(
        "{\"password\":\"lovelace-1815\",\"port\":80,\"debug\":false,\"list\":[\"a\"]}",
        seen.get("variables.json"));
    assertFalse(command.contains("lovelace"), command);
    assertTrue(command.contains("variables.json --tags a,b --skip-tags c --diff -v /"), command);
    assertTrue(command.endsWith("/site.yml"), command);
    assertFalse(Files.exists(build.workspace().resolve("ansible")));
  }

  @Test
  void rolesAndCollectionsAreThoseNextToThePlaybookAndTheManifest() throws Exception {
    Files.createDirectories(directory.resolve("playbooks"));
    Files.writeString(directory.resolve("playbooks/site.yml"), "- hosts: all\n");
    Files.createDirectories(directory.resolve("roles"));
    TestBuild build = newBuild("{playbook: playbooks/site.yml}");

    Command command = run(build);

    Map<String, String> variables = command.environment();
    assertEquals(
        directory.resolve("playbooks/roles")
            + ":"
            + directory.resolve("roles")
            + ":/etc/ansible/roles",
        variables.get("ANSIBLE_ROLES_PATH"));
    assertTrue(
        String.valueOf(variables.get("ANSIBLE_COLLECTIONS_PATH"))
            .contains(directory.resolve("collections").toString()));
    assertTrue(String.valueOf(variables.get("ANSIBLE_CONFIG")).endsWith("empty.cfg"));
    assertEquals(directory.resolve("playbooks"), command.directory().orElseThrow());
    assertEquals(
        List.of(directory.resolve("playbooks"), directory.resolve("roles")),
        plugin.hostFiles(build.manifest()).stream().map(file -> file.file()).toList());
  }

  @Test
  void settingsOfAnsibleNextToThePlaybookApplyWithTheirSearchPaths() throws Exception {
    playbook();
    Path configuration = Files.writeString(directory.resolve("ansible.cfg"), "[defaults]\n");
    TestBuild build = newBuild("{playbook: site.yml}");

    Map<String, String> variables = run(build).environment();

    assertEquals(configuration.toString(), variables.get("ANSIBLE_CONFIG"));
    assertFalse(variables.containsKey("ANSIBLE_ROLES_PATH"));
    assertEquals(
        List.of(configuration),
        plugin.hostFiles(build.manifest()).stream().map(file -> file.file()).toList());
  }

  @Test
  void aMissingPlaybookIsReportedWithItsPlace() throws Exception {
    TestBuild build = newBuild("{playbook: site.yml}");

    String message =
        assertThrows(BuildException.class, () -> new CheckPlaybookPath().run(build)).getMessage();

    assertTrue(message.contains(": plugins.ansible.playbook: " + directory), message);
    assertTrue(message.contains("site.yml is not a file"), message);
  }

  @Test
  void aPlaybookThatFailsFailsTheBuildWithItsOutput() throws Exception {
    playbook();
    TestBuild build = newBuild("{playbook: site.yml}");
    build.host().failing("ansible-playbook", 2, "fatal: [image]: FAILED! => no such package");

    String message =
        assertThrows(BuildException.class, () -> new RunAnsiblePlaybook().run(build)).getMessage();

    assertTrue(message.contains(": plugins.ansible.playbook: the playbook failed:\n"), message);
    assertTrue(message.contains("no such package"), message);
  }

  @Test
  void anAnsibleThatIsTooOldForThePythonOfTheImageIsExplained() throws Exception {
    playbook();
    TestBuild build = newBuild("{playbook: site.yml}");
    build
        .host()
        .failing(
            "ansible-playbook",
            2,
            "ModuleNotFoundError: No module named 'ansible.module_utils.six.moves'");

    String message =
        assertThrows(BuildException.class, () -> new RunAnsiblePlaybook().run(build)).getMessage();

    assertTrue(message.contains("Install a newer ansible-core"), message);
  }

  @Test
  void aPlayForOtherHostsIsAWarningThatNamesTheHostAndItsGroups() throws Exception {
    playbook();
    TestBuild build = newBuild("{playbook: site.yml, groups: [db]}");
    build.host().answering("ansible-playbook", "PLAY [web]", "skipping: no hosts matched");

    new RunAnsiblePlaybook().run(build);

    assertTrue(
        build.warnings().get(0).contains("the only host is image, in the groups all, db."),
        build.warnings().toString());
  }

  @Test
  void whatAnsibleLeftForItsUserIsDeleted() throws Exception {
    TestBuild build = newBuild("{playbook: site.yml, extra_vars: {ansible_ssh_user: ada}}");
    build.root().write("etc/passwd", "root:x:0:0::/root:/bin/sh\nada:x:1:1::/srv/ada:/bin/sh\n");
    build.root().write("srv/ada/.ansible/tmp/file", "");
    build.root().write("srv/ada/kept", "");

    new RemoveAnsibleSSHUserDir().run(build);

    assertEquals(List.of("kept"), build.root().list("srv/ada"));
  }
}
