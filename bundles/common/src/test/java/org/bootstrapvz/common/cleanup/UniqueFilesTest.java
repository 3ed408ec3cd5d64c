/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.common.systemd.SystemdUnit;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UniqueFilesTest {
  private static final String KEY = "etc/ssl/private/ssl-cert-snakeoil.key";
  private static final String CERTIFICATE = "etc/ssl/certs/ssl-cert-snakeoil.pem";

  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
  }

  private void installSslCert() throws Exception {
    build.root().write("usr/sbin/make-ssl-cert", "");
    build.root().write(KEY, "secret");
    build.root().write(CERTIFICATE, "certificate");
    build.root().symlink("etc/ssl/certs/0a1b2c3d.0", "ssl-cert-snakeoil.pem");
    build.root().write("etc/ssl/certs/other.pem", "");
  }

  @Test
  void aKeyOfTheInstallationIsDeletedAndGeneratedAtTheFirstBoot() throws Exception {
    installSslCert();

    new AddKeyGeneration().run(build);
    new RemoveUniqueFiles().run(build);

    assertFalse(build.root().exists(KEY));
    assertEquals(List.of("other.pem"), build.root().list("etc/ssl/certs"));
    assertTrue(
        build
            .root()
            .read(AddKeyGeneration.SCRIPT)
            .contains(
                "[ -e /"
                    + KEY
                    + " ] || make-ssl-cert generate-default-snakeoil || status=1\nexit $status\n"));
    SystemdUnit unit = build.require(SystemdUnit.class);
    assertEquals("generate-missing-keys.service", unit.name());
    assertTrue(unit.content().contains("\nBefore=sysinit.target "), unit.content());
  }

  @Test
  void aKeyThatNothingWouldGenerateAgainStays() throws Exception {
    installSslCert();

    new RemoveUniqueFiles().run(build);

    assertTrue(build.root().exists(KEY));
  }

  @Test
  void anImageWithoutKeysGetsNoService() throws Exception {
    new AddKeyGeneration().run(build);

    assertEquals(List.of(), build.all(SystemdUnit.class));
    assertFalse(build.root().exists(AddKeyGeneration.SCRIPT));
  }

  @Test
  void seedsAndLeasesAreDeleted() throws Exception {
    build.root().write("var/lib/systemd/random-seed", "x");
    build.root().write("var/lib/systemd/credential.secret", "x");
    build.root().write("var/lib/dhcp/dhclient.eth0.leases", "x");
    build.root().write("var/lib/dhcp/notes", "x");

    new RemoveUniqueFiles().run(build);

    assertEquals(List.of(), build.root().list("var/lib/systemd"));
    assertEquals(List.of("notes"), build.root().list("var/lib/dhcp"));
  }
}
