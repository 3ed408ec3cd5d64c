/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The same build without privileges: as an unprivileged user in a user namespace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdinaryUserIT {
  private static final String USER = "bvz-builder";
  private static final Path HOME = Path.of("/var/tmp/" + USER);

  private Distribution distribution;

  @BeforeAll
  void makeUser() throws Exception {
    distribution = new Distribution("ordinary-user");
    runAsRoot("userdel", "--force", USER);
    assertEquals(
        0,
        runAsRoot(
            "useradd",
            "--create-home",
            "--home-dir",
            HOME.toString(),
            "--add-subids-for-system",
            "--system",
            "--shell",
            "/bin/sh",
            USER));
  }

  @AfterAll
  void removeUser() throws Exception {
    runAsRoot("userdel", "--force", "--remove", USER);
    runAsRoot("rm", "--recursive", "--force", "--one-file-system", HOME.toString());
  }

  private static int runAsRoot(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void buildsABootableImageThatBelongsToTheUser() throws Exception {
    Path home = HOME.resolve("distribution");
    assertEquals(
        0,
        runAsRoot(
            "cp",
            "--recursive",
            distribution.command().getParent().getParent().toString(),
            home.toString()));
    Files.copy(Distribution.example("trixie"), HOME.resolve("trixie.yml"));
    runAsRoot("chown", "--recursive", USER, HOME.toString());

    Distribution.Running build =
        distribution.start(
            List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--init-groups",
                "--reset-env",
                "sh",
                "-c",
                "cd \"$HOME\" && exec distribution/bin/bootstrap-vz build trixie.yml"));
    Distribution.Outcome outcome = build.end();
    assertEquals(0, outcome.status(), outcome.output());

    Path image;
    try (var files = Files.list(HOME.resolve("images"))) {
      List<Path> artefacts = files.toList();
      assertEquals(1, artefacts.size(), artefacts.toString());
      image = artefacts.get(0);
    }
    assertEquals(USER, Files.getOwner(image).getName());
    try (Machine machine = Machine.boot(distribution, image, "uefi")) {
      assertEquals("root shadow 640", machine.ssh("stat -c '%U %G %a' /etc/shadow"));
      assertEquals("4755", machine.ssh("stat -c %a /usr/bin/passwd"));
      assertEquals("", machine.ssh("systemctl --failed --no-legend --plain"));
      assertTrue(machine.ssh("ip -o -4 addr show scope global").contains("10.0.2."));
      assertEquals("", machine.ssh("find / -xdev -nouser -o -xdev -nogroup"));
    }
  }
}
