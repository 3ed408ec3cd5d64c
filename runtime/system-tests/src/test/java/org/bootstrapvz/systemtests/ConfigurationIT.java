/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.systemtests.SignedRepository.Archive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugins of configuration management in one container image of bookworm, whose Python the
 * Ansible of bookworm supports: Puppet and Python of Debian, modules from a forge and from the
 * host, packages of Salt and Chef from a repository of the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationIT {
  private static final String MANIFEST =
      """
      name: configuration
      provider: {name: docker}
      bootstrapper: {workspace: images, variant: minbase}
      system:
        release: bookworm
        architecture: amd64
        bootloader: none
        charmap: UTF-8
        locale: C
        timezone: UTC
        hostname: configured
      packages:
        install: [systemd]
        sources:
          vendors: ["deb [signed-by=%2$s] %1$s trixie main"]
      volume:
        backing: folder
        partitions: {type: none, root: {filesystem: ext4, size: 2GiB}}
      plugins:
        puppet:
          assets: puppetlabs
          forge: %3$s
          install_modules: [[./files/welcome], [./archived.tar.gz], [tests-remote, 1.0.0]]
          manifest: site.pp
          enable_agent: true
        ansible:
          playbook: files/playbook/site.yml
          groups: [web]
          extra_vars: {message: 'It''s Ansible', password: canary-in-variables}
        salt: {install_source: stable, version: '7.1', master: salt.example.org, grains: {role: web}}
        chef: {assets: chef}
      """;

  private static final String SALT =
      "(?s).*\nPackage: salt-minion\nStatus: install ok installed\n(\\S[^\n]*\n)*Version: 7\\.1-2\n.*";

  @TempDir static Path shared;
  private Path root;

  @BeforeAll
  void build() throws Exception {
    Distribution distribution = new Distribution("configuration");
    Path folder = distribution.folder();
    for (String former : List.of("files", "images", "bundle")) {
      run(folder, "rm", "--recursive", "--force", former);
    }
    run(
        folder,
        "cp",
        "--recursive",
        Distribution.REPOSITORY.resolve("manifests/examples/plugins/files").toString(),
        "files");
    Files.createDirectories(folder.resolve("puppetlabs/puppet"));
    Files.writeString(folder.resolve("puppetlabs/puppet/puppet.conf"), "[main]\nserver = ours\n");
    Files.createDirectories(folder.resolve("chef"));
    Files.writeString(folder.resolve("chef/client.rb"), "log_level :info\n");
    Files.writeString(
        folder.resolve("site.pp"),
        """
        include archived
        include remote
        class { 'welcome': message => 'By Puppet' }
        package { 'tree': ensure => installed }
        """);
    Path archived = module(folder, "archived");
    Path remote = module(folder, "remote");
    Path logs = folder.resolve("logs");
    run(folder, "rm", "--recursive", "--force", logs.toString());
    try (PuppetForge forge = new PuppetForge("tests-remote", "1.0.0", remote);
        SignedRepository repository = new SignedRepository(shared)) {
      assertTrue(Files.exists(archived));
      for (String version : List.of("7.1-2", "8.0-1")) {
        repository.add("vendors", version, Archive.signed(), List.of("salt-minion", "chef"));
      }
      String text =
          MANIFEST.formatted(
              repository.address("vendors"), repository.key("ours"), forge.address());
      Distribution.Outcome built =
          distribution.run(
              "build",
              "--debug",
              "--log",
              logs.toString(),
              distribution.manifest("m.yml", text).toString());
      assertEquals(0, built.status(), built.output());
      // The repository of the test has a password, which the image does not get.
      assertEquals(
          List.of(),
          built
              .output()
              .lines()
              .filter(line -> line.contains("warning: "))
              .filter(line -> !line.contains("packages.sources.vendors.0: "))
              .toList());
    }
    assertEquals(List.of(), distribution.leftovers());
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path log : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(log).contains("canary"), "a variable is in the log");
      }
    }
    run(folder, "umoci", "unpack", "--image", "images/configuration-latest.oci:latest", "bundle");
    root = folder.resolve("bundle/rootfs");
  }

  /** An archive of a module that makes a file with its name. */
  private static Path module(Path folder, String name) throws Exception {
    Path top = folder.resolve("modules/tests-" + name);
    Files.createDirectories(top.resolve("manifests"));
    Files.writeString(
        top.resolve("metadata.json"),
        """
        {"name": "tests-%s", "version": "1.0.0", "author": "tests", "summary": "", "license": "",
         "source": "", "dependencies": []}
        """
            .formatted(name));
    Files.writeString(
        top.resolve("manifests/init.pp"),
        "class %1$s { file { '/srv/%1$s': content => 'by a module' } }\n".formatted(name));
    Path archive = folder.resolve(name + ".tar.gz");
    run(folder, "tar", "-czf", archive.toString(), "-C", "modules", "tests-" + name);
    return archive;
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  private boolean isInstalled(String name) throws IOException {
    return read("var/lib/dpkg/status")
        .matches("(?s).*(^|\n)Package: " + name + "\nStatus: install ok installed\n.*");
  }

  @Test
  void puppetHasItsSettingsAndModulesAndAppliedTheManifest() throws Exception {
    assertEquals("[main]\nserver = ours\n", read("etc/puppet/puppet.conf"));
    for (String module : List.of("archived", "remote", "welcome")) {
      assertTrue(
          Files.exists(
              root.resolve("etc/puppet/code/environments/production/modules")
                  .resolve(module)
                  .resolve("manifests/init.pp")),
          module);
    }
    assertEquals("by a module", read("srv/archived"));
    assertEquals("by a module", read("srv/remote"));
    assertTrue(isInstalled("tree"));
    assertTrue(
        Files.isSymbolicLink(
            root.resolve("etc/systemd/system/multi-user.target.wants/puppet.service")));
    for (String folder : List.of("var/cache/puppet", "var/lib/puppet", "var/log/puppet")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
      }
    }
  }

  @Test
  void ansibleRanTheRoleAfterPuppetAndLeftNothing() throws Exception {
    assertEquals("It's Ansible\n", read("etc/issue.d/welcome.issue"));
    assertFalse(Files.exists(root.resolve("root/.ansible")));
    try (Stream<Path> files = Files.list(root.resolve("tmp"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void saltAndChefComeFromTheRepositoryOfTheManifest() throws Exception {
    assertTrue(read("var/lib/dpkg/status").matches(SALT), "the version of the manifest");
    assertTrue(isInstalled("chef"));
    assertEquals("master: 'salt.example.org'\n", read("etc/salt/minion.d/master.conf"));
    assertEquals("'role': 'web'\n", read("etc/salt/grains"));
    assertTrue(read("etc/apt/preferences.d/salt").contains("Pin: version 7.1*"));
    assertEquals("log_level :info\n", read("etc/chef/client.rb"));
  }
}
