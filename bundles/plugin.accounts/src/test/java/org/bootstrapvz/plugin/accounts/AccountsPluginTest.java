/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.ssh.DisableSSHPasswordAuthentication;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsPluginTest extends PluginTest<AccountsPlugin> {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJTf1B3TlyoV4kdlw7pIE0DwwJz13uQbDXv3S0BJi0jH";

  AccountsPluginTest() {
    super("accounts", new AccountsPlugin(), new ManifestFiles());
  }

  private TestBuild build(String settings) throws IOException {
    TestBuild build = newBuild(settings);
    build.root().write("etc/passwd", "root:x:0:0::/root:/bin/bash\npostfix:x:101:102::/:/none\n");
    build.root().write("etc/group", "root:x:0:\nsudo:x:27:\nstaff:x:50:\n");
    return build;
  }

  private static String mode(TestBuild build, String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(build.root().resolve(path)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | plugins.accounts:",
        "{users: []} | plugins.accounts.users:",
        "{users: [{uid: 5}]} | plugins.accounts.users.0: The key `name` is missing",
        "{users: [{name: Ada, password: x}]} | plugins.accounts.users.0.name: \"Ada\"",
        "{users: [{name: ada, password: x, username: a}]} | Unknown key `username`",
        "{users: [{name: ada, password: x, uid: 0}]} | plugins.accounts.users.0.uid:",
        "{users: [{name: ada, password: x, uid: 70000}]} | plugins.accounts.users.0.uid:",
        "{users: [{name: ada, password: x, comment: 'a:b'}]} | plugins.accounts.users.0.comment:",
        "{users: [{name: ada, password: x, home: srv}]} | plugins.accounts.users.0.home:",
        "{users: [{name: ada, password: x, shell: zsh}]} | plugins.accounts.users.0.shell:",
        "{users: [{name: ada, password: x, sudo: yes}]} | plugins.accounts.users.0.sudo:",
        "{users: [{name: ada, password: x, groups: [b, b]}]} | plugins.accounts.users.0.groups.1:",
        "{users: [{name: ada, password-crypted: x}]} | plugins.accounts.users.0.password-crypted:",
        "{users: [{name: root, password: x}]} | use the plugin root_password",
        "{users: [{name: daemon, password: x}]} | Every Debian system has a user daemon",
        "{groups: [{name: adm}, {name: mail}]} | Every Debian system has a group mail",
        "{groups: [{name: a, gid: 7}, {name: b, gid: 7}]} | plugins.accounts.groups.1.gid: The group a has the gid 7, too",
        "{users: [{name: a, password: x}, {name: a, password: y}]} | plugins.accounts.users.1.name: There are two users",
        "{users: [{name: ada}]} | The user ada has neither a password nor a key and cannot log in",
        "{users: [{name: ada, password: x, password-crypted: '*'}]} | Remove one of password and password-crypted",
        "{users: [{name: ada, keys: [ssh-rsa AAAA]}]} | plugins.accounts.users.0.keys.0: This is not a public key",
        "{users: [{name: ada, keys: ['-----BEGIN OPENSSH PRIVATE KEY-----']}]} | This is a private key",
        "{users: [{name: ada, system: true, sudo: password}]} | has no password that sudo could ask for",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void aUserWithAKeyAndAUserOfAServiceAreValid() {
    check("{users: [{name: ada, keys: ['" + KEY + " ada']}, {name: app, system: true}]}");
    assertEquals(List.of(), checker.problems());
  }

  @Test
  void onlyTheRequestedTasksAreSelected() {
    String ssh = DisableSSHPasswordAuthentication.class.getName();
    assertEquals(
        Set.of("CreateGroups"),
        TestTaskSet.selectedBy(plugin, check("{groups: [{name: crew}]}")).names());
    assertEquals(
        Set.of("CreateUsers", "DisableSSHPasswordAuthentication"),
        TestTaskSet.selectedBy(plugin, check("{users: [{name: app, system: true}]}"), ssh).names());
    assertEquals(
        Set.of("CreateUsers", "SetPasswords", "AddSudo", "AllowSudo"),
        TestTaskSet.selectedBy(
                plugin, check("{users: [{name: ada, password: x, sudo: password}]}"), ssh)
            .names());
    assertEquals(
        Set.of("CreateUsers", "CheckKeyFiles", "AddKeys"),
        TestTaskSet.selectedBy(plugin, check("{users: [{name: ada, key_files: [ada.pub]}]}"))
            .names());
  }

  @Test
  void groupsAndUsersHaveTheirAttributes() throws Exception {
    TestBuild build =
        build(
            "{groups: [{name: crew, gid: 2000}, {name: app, system: true}], users: ["
                + "{name: ada, uid: 1500, comment: Ada L, groups: [sudo, staff], password: x},"
                + "{name: web, system: true},"
                + "{name: db, system: true, home: /srv/db, group: staff, shell: /bin/sh}]}");
    build.root().write("bin/sh", "");
    new CreateGroups().run(build);
    new CreateUsers().run(build);
    assertEquals(
        List.of(
            "groupadd --gid 2000 crew",
            "groupadd --system app",
            "useradd --create-home --uid 1500 --comment 'Ada L' --user-group --groups sudo,staff"
                + " --shell /bin/bash ada",
            "useradd --system --no-create-home --user-group --shell /usr/sbin/nologin web",
            "useradd --system --create-home --home-dir /srv/db --gid staff --shell /bin/sh db"),
        build.host().imageCommandLines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: postfix, password: x} | .name: the image has a user postfix already. Write another name",
        "{name: staff, password: x} | .name: the image has a group staff already. Write another name",
        "{name: ada, groups: [crew], password: x} | .groups.0: the image has no group crew. Add it to",
        "{name: ada, group: crew, password: x} | .group: the image has no group crew. Add it to",
        "{name: ada, shell: /bin/zsh, password: x} | .shell: the image has no program /bin/zsh. Add its package",
      })
  void whatTheImageDoesNotHaveIsNamed(String user, String expected) throws Exception {
    TestBuild build = build("{users: [" + user + "]}");
    BuildException e = assertThrows(BuildException.class, () -> new CreateUsers().run(build));
    assertTrue(e.getMessage().contains(": plugins.accounts.users.0" + expected), e.getMessage());
    assertEquals(List.of(), build.host().imageCommands());
  }

  @Test
  void aGroupOfTheImageIsNotCreatedAgain() throws Exception {
    TestBuild build = build("{groups: [{name: staff}]}");
    BuildException e = assertThrows(BuildException.class, () -> new CreateGroups().run(build));
    assertTrue(e.getMessage().contains("has a group staff already"), e.getMessage());
  }

  @Test
  void passwordsArePassedInSecret() throws Exception {
    TestBuild build =
        build("{users: [{name: ada, password: lovelace}, {name: bob, password-crypted: '!'}]}");
    new SetPasswords().run(build);
    assertEquals(List.of("chpasswd", "chpasswd --encrypted"), build.host().imageCommandLines());
    assertEquals(
        "ada:lovelace\n", build.host().imageCommands().get(0).input().orElseThrow().reveal());
    assertEquals("bob:!\n", build.host().imageCommands().get(1).input().orElseThrow().reveal());
  }

  @Test
  void keysOfTheManifestAndOfFilesBelongToTheUser() throws Exception {
    Files.writeString(directory.resolve("ada.pub"), KEY + " file\n");
    TestBuild build =
        build("{users: [{name: ada, key_files: [ada.pub], keys: ['" + KEY + " literal']}]}");
    build.root().append("etc/passwd", "ada:x:1000:1001::/srv/ada:/bin/bash\n");
    new CheckKeyFiles().run(build);
    new AddKeys().run(build);
    assertEquals(
        KEY + " literal\n" + KEY + " file\n", build.root().read("srv/ada/.ssh/authorized_keys"));
    assertEquals("rwx------", mode(build, "srv/ada/.ssh"));
    assertEquals("rw-------", mode(build, "srv/ada/.ssh/authorized_keys"));
    assertEquals(
        List.of("chown --recursive ada:1001 /srv/ada/.ssh"), build.host().imageCommandLines());
  }

  @Test
  void allKeyFilesWithoutAKeyAreReportedAtOnce() throws Exception {
    Files.writeString(directory.resolve("empty.pub"), "# nothing\n");
    TestBuild build = build("{users: [{name: ada, key_files: [empty.pub, missing.pub]}]}");
    String message =
        assertThrows(BuildException.class, () -> new CheckKeyFiles().run(build)).getMessage();
    assertTrue(message.contains("users.0.key_files.0: "), message);
    assertTrue(message.contains("contains no public key"), message);
    assertTrue(message.contains("users.0.key_files.1: there is no file"), message);
  }

  @Test
  void sudoAsksForAPasswordUnlessTheManifestSaysOtherwise() throws Exception {
    TestBuild build =
        build(
            "{users: [{name: ada, password: x, sudo: password},"
                + " {name: bob, password: x, sudo: nopasswd}, {name: eve, password: x}]}");
    new AllowSudo().run(build);
    assertEquals("ada ALL=(ALL:ALL) ALL\n", build.root().read("etc/sudoers.d/50-ada"));
    assertEquals("bob ALL=(ALL:ALL) NOPASSWD: ALL\n", build.root().read("etc/sudoers.d/50-bob"));
    assertEquals("r--r-----", mode(build, "etc/sudoers.d/50-bob"));
    assertFalse(build.root().exists("etc/sudoers.d/50-eve"));
  }
}
