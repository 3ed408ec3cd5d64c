/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.common.systemd.SystemdUnit;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshServerTest {
  private static final String MAIN = "etc/ssh/sshd_config";

  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
  }

  private String option(String name) throws Exception {
    return build.root().read("etc/ssh/sshd_config.d/" + name + ".conf");
  }

  @Test
  void optionsAreInSeparateFilesIfTheServerIncludesThem() throws Exception {
    build.root().write(MAIN, "Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\n");
    build.root().makeDirectory("etc/ssh/sshd_config.d", 0755);

    new DisableSSHDNSLookup().run(build);
    new DisableSSHPasswordAuthentication().run(build);
    new DisableRootLogin().run(build);

    assertEquals("UseDNS no\n", option("UseDNS"));
    assertEquals("PasswordAuthentication no\n", option("PasswordAuthentication"));
    assertEquals("PermitRootLogin no\n", option("PermitRootLogin"));
    assertEquals("Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\n", build.root().read(MAIN));
  }

  @Test
  void rootThatMayLogInMayDoSoWithAPassword() throws Exception {
    build.root().write(MAIN, "");
    build.root().makeDirectory("etc/ssh/sshd_config.d", 0755);
    new DisableSSHPasswordAuthentication().run(build);

    new EnableRootLogin().run(build);

    assertEquals("PermitRootLogin yes\n", option("PermitRootLogin"));
    assertEquals("PasswordAuthentication yes\n", option("PasswordAuthentication"));
  }

  @Test
  void forAnOlderServerTheOptionIsPrependedSinceTheFirstOneIsUsed() throws Exception {
    build.root().write(MAIN, "PermitRootLogin prohibit-password\n");

    new EnableRootLogin().run(build);

    assertEquals(
        "PasswordAuthentication yes\nPermitRootLogin yes\nPermitRootLogin prohibit-password\n",
        build.root().read(MAIN));
  }

  @Test
  void anImageWithoutAServerIsNotChangedAndAWarningIsPrinted() throws Exception {
    new DisableRootLogin().run(build);

    assertEquals(
        List.of("The image has no SSH server, so its option PermitRootLogin was not set"),
        build.warnings());
    assertEquals(List.of(), build.root().list("etc"));
  }

  @Test
  void hostKeysOfTheBuildAreNotInTheImage() throws Exception {
    build.root().write("etc/ssh/ssh_host_ed25519_key", "secret", 0600);
    build.root().write("etc/ssh/ssh_host_ed25519_key.pub", "public");
    build.root().write("etc/ssh/ssh_config", "Host *\n");

    new ShredHostkeys().run(build);

    assertEquals(List.of("ssh_config"), build.root().list("etc/ssh"));
  }

  @Test
  void anImageWithoutHostKeysIsNotAnError() throws Exception {
    new ShredHostkeys().run(build);

    assertEquals(List.of(), build.root().list("etc"));
  }

  @Test
  void everyMachineGeneratesItsOwnHostKeysBeforeTheServerStarts() throws Exception {
    build.root().write("usr/sbin/sshd", "");
    new AddOpenSSHPackage().run(build);
    new AddSSHKeyGeneration().run(build);

    assertEquals("openssh-server", build.require(PackageRequest.class).toString());
    SystemdUnit unit = build.require(SystemdUnit.class);
    assertEquals("ssh-generate-hostkeys.service", unit.name());
    List<String> lines = unit.content().lines().toList();
    assertTrue(lines.contains("Before=ssh.service ssh.socket"), unit.content());
    assertTrue(lines.contains("ExecStart=/usr/bin/ssh-keygen -A"), unit.content());
    assertTrue(lines.contains("WantedBy=multi-user.target"), unit.content());
  }

  @Test
  void anImageWithoutAServerGetsNoServiceForItsKeys() throws Exception {
    new AddSSHKeyGeneration().run(build);

    assertEquals(List.of(), build.all(SystemdUnit.class));
  }
}
