/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VagrantUserTest {
  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void makeBuild() throws Exception {
    build =
        new TestBuild(
            new ManifestChecker(new ManifestFiles(), folder).read(Manifests.VIRTUALBOX), folder);
    build.host().running();
  }

  private String mode(String path) throws Exception {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(build.root().path().resolve(path)));
  }

  @Test
  void theUserHasAHomeAndAShellAndThePasswordVagrant() throws Exception {
    new CreateVagrantUser().run(build);
    assertEquals(
        List.of("useradd --create-home --shell /bin/bash vagrant", "chpasswd"),
        build.host().imageCommandLines());
    assertEquals(
        "vagrant:vagrant\n", build.host().imageCommands().get(1).input().orElseThrow().reveal());
  }

  @Test
  void bothKeysOfVagrantAllowALogin() throws Exception {
    new AddInsecurePublicKey().run(build);
    Path keys = build.root().path().resolve("home/vagrant/.ssh/authorized_keys");
    assertEquals("rwx------", mode("home/vagrant/.ssh"));
    assertEquals("rw-------", mode("home/vagrant/.ssh/authorized_keys"));
    assertEquals(
        List.of("chown --recursive vagrant:vagrant /home/vagrant/.ssh"),
        build.host().imageCommandLines());
    List<String> fingerprints =
        build.run(Command.of("ssh-keygen", "-l", "-f", keys.toString())).output();
    assertEquals(2, fingerprints.size(), fingerprints.toString());
    assertTrue(fingerprints.get(0).endsWith("(RSA)"), fingerprints.toString());
    assertTrue(fingerprints.get(1).endsWith("(ED25519)"), fingerprints.toString());
    assertEquals(
        List.of(
            "SHA256:1M4RzhMyWuFS/86uPY/ce2prh/dVTHW7iD2RhpquOZA",
            "SHA256:WkvqjnyPAeC0cbPErYiGP9vqHdgL1MqqvPdIe3lvHgI"),
        fingerprints.stream().map(line -> line.split(" ")[1]).toList());
  }

  @Test
  void sudoNeedsNoPassword() throws Exception {
    new PasswordlessSudo().run(build);
    assertEquals("r--r-----", mode("etc/sudoers.d/vagrant"));
    assertEquals(
        "vagrant ALL=(ALL) NOPASSWD: ALL\n",
        Files.readString(build.root().path().resolve("etc/sudoers.d/vagrant")));
  }

  @Test
  void rootHasThePasswordVagrant() throws Exception {
    new SetRootPassword().run(build);
    assertEquals(
        "root:vagrant\n", build.host().imageCommands().get(0).input().orElseThrow().reveal());
  }
}
