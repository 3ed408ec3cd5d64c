/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.admin_user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminUserPluginTest extends PluginTest<AdminUserPlugin> {
  AdminUserPluginTest() {
    super("admin_user", new AdminUserPlugin(), new ManifestFiles());
  }

  private TestBuild build(String settings) throws IOException {
    TestBuild build = newBuild(settings);
    build.root().write("etc/passwd", "root:x:0:0::/root:/bin/bash\npostfix:x:101:102::/:/none\n");
    build.root().write("etc/group", "root:x:0:\nstaff:x:50:\n");
    return build;
  }

  private static String mode(TestBuild build, String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(build.root().resolve(path)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | plugins.admin_user: The key `username` is missing",
        "{username: Ada, password: x} | plugins.admin_user.username: \"Ada\"",
        "{username: 7, password: x} | plugins.admin_user.username:",
        "{username: ada, key: x} | plugins.admin_user.key: Unknown key `key`",
        "{username: daemon, password: x} | plugins.admin_user.username: Every Debian system has a user daemon",
        "{username: root, password: x} | use the plugin root_password",
        "{username: ada} | The user ada has neither password nor pubkey and cannot log in",
        "[ada] | plugins.admin_user:",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void aPasswordOfTheWrongKindIsNotShown() {
    check("{username: ada, password: [lovelace]}");
    assertEquals(1, checker.problems().size());
    assertFalse(checker.problems().get(0).contains("lovelace"), checker.problems().toString());
  }

  @Test
  void onlyTheRequestedTasksAreSelected() {
    String ssh = DisableSSHPasswordAuthentication.class.getName();
    assertEquals(
        Set.of("AddSudoPackage", "CreateAdminUser", "PasswordlessSudo", "AdminUserPassword"),
        TestTaskSet.selectedBy(plugin, check("{username: ada, password: x}"), ssh).names());
    assertEquals(
        Set.of(
            "AddSudoPackage",
            "CreateAdminUser",
            "PasswordlessSudo",
            "CheckPublicKeyFile",
            "AdminUserPublicKey",
            "DisableSSHPasswordAuthentication"),
        TestTaskSet.selectedBy(plugin, check("{username: ada, pubkey: ada.pub}"), ssh).names());
  }

  @Test
  void theUserHasAHomeAPasswordAndSudo() throws Exception {
    TestBuild build = build("{username: ada, password: lovelace}");
    new CreateAdminUser().run(build);
    new AdminUserPassword().run(build);
    new PasswordlessSudo().run(build);
    assertEquals(
        List.of("useradd --create-home --shell /bin/bash ada", "chpasswd"),
        build.host().imageCommandLines());
    assertEquals(
        "ada:lovelace\n", build.host().imageCommands().get(1).input().orElseThrow().reveal());
    assertEquals("ada ALL=(ALL) NOPASSWD: ALL\n", build.root().read("etc/sudoers.d/99_admin"));
    assertEquals("r--r-----", mode(build, "etc/sudoers.d/99_admin"));
  }

  @ParameterizedTest
  @CsvSource({"postfix,user", "staff,group"})
  void aUserOrGroupOfAPackageIsRefused(String name, String what) throws Exception {
    TestBuild build = build("{username: " + name + ", password: x}");
    BuildException e = assertThrows(BuildException.class, () -> new CreateAdminUser().run(build));
    assertTrue(
        e.getMessage()
            .endsWith("the image has a " + what + " " + name + " already. Write another name"),
        e.getMessage());
    assertTrue(e.getMessage().contains("m.yml:"), e.getMessage());
    assertEquals(List.of(), build.host().imageCommands());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa"})
  void aKeyOfSshKeygenIsAccepted(String type) throws Exception {
    TestBuild build = build("{username: ada, pubkey: ada.pub}");
    build.host().running();
    build.run(
        Command.of("ssh-keygen", "-q", "-t", type, "-N", "", "-f")
            .with(directory.resolve("ada").toString()));
    new CheckPublicKeyFile().run(build);
    new AdminUserPublicKey().run(build);
    assertEquals(
        Files.readString(directory.resolve("ada.pub")),
        build.root().read("home/ada/.ssh/authorized_keys"));
    assertEquals("rwx------", mode(build, "home/ada/.ssh"));
    assertEquals("rw-------", mode(build, "home/ada/.ssh/authorized_keys"));
    assertEquals(
        List.of("chown --recursive ada:ada /home/ada/.ssh"), build.host().imageCommandLines());
  }

  @Test
  void aFileWithOptionsCommentsAndSeveralKeysIsAccepted() throws Exception {
    String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJTf1B3TlyoV4kdlw7pIE0DwwJz13uQbDXv3S0BJi0jH";
    Files.writeString(
        directory.resolve("ada.pub"),
        "# two\n" + key + " a\n\nno-pty,command=\"ls -l\" " + key + "\n");
    new CheckPublicKeyFile().run(build("{username: ada, pubkey: ada.pub}"));
  }

  private void refused(String expected) throws IOException {
    TestBuild build = build("{username: ada, pubkey: ada.pub}");
    BuildException e =
        assertThrows(BuildException.class, () -> new CheckPublicKeyFile().run(build));
    assertTrue(e.getMessage().contains(": plugins.admin_user.pubkey: "), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void aKeyFileThatIsMissingIsRefused() throws IOException {
    refused("there is no file " + directory.resolve("ada.pub"));
  }

  @ParameterizedTest
  @CsvSource({
    "hello,is not a list of public keys",
    "ssh-ed25519 AAAAC3Nz,is not a list of public keys",
    "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJTf1B3TlyoV4kdlw7pIE0DwwJz13uQbDXv3S0BJi0jH,is not a list",
    "-----BEGIN OPENSSH PRIVATE KEY-----,contains a private key",
    "# nothing,contains no public key",
  })
  void aFileWithoutAPublicKeyIsRefused(String content, String expected) throws IOException {
    Files.writeString(directory.resolve("ada.pub"), content + "\n");
    refused(expected);
  }
}
