/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private Distribution distribution;
  private OrdinaryUser user;

  @BeforeAll
  void makeUser() throws Exception {
    distribution = new Distribution("ordinary-user");
    user = OrdinaryUser.create("bvz-builder");
  }

  @AfterAll
  void removeUser() throws Exception {
    user.remove();
  }

  @Test
  void buildsABootableImageThatBelongsToTheUser() throws Exception {
    user.copy(distribution.command().getParent().getParent(), "distribution");
    user.copy(Distribution.example("trixie"), "trixie.yml");

    Distribution.Running build =
        distribution.start(user.shell("exec distribution/bin/bootstrap-vz build trixie.yml"));
    Distribution.Outcome outcome = build.end();
    assertEquals(0, outcome.status(), outcome.output());

    Path image;
    try (var files = Files.list(user.home().resolve("images"))) {
      List<Path> artefacts = files.toList();
      assertEquals(1, artefacts.size(), artefacts.toString());
      image = artefacts.get(0);
    }
    assertEquals(user.name(), Files.getOwner(image).getName());
    try (Machine machine = Machine.boot(distribution, image, "uefi")) {
      assertEquals("root shadow 640", machine.ssh("stat -c '%U %G %a' /etc/shadow"));
      assertEquals("4755", machine.ssh("stat -c %a /usr/bin/passwd"));
      assertEquals("", machine.ssh("systemctl --failed --no-legend --plain"));
      assertTrue(machine.ssh("ip -o -4 addr show scope global").contains("10.0.2."));
      assertEquals("", machine.ssh("find / -xdev -nouser -o -xdev -nogroup"));
    }
  }
}
