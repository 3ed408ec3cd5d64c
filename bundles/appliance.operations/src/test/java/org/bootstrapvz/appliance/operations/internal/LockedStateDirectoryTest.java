/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedStateDirectoryTest {
  @TempDir Path parent;

  @Test
  void twoAppliancesDoNotShareAStateDirectory() throws IOException {
    Path path = parent.resolve("state");
    LockedStateDirectory first = new LockedStateDirectory(path);

    IOException refused = assertThrows(IOException.class, () -> new LockedStateDirectory(path));
    assertEquals("Another appliance is using the state directory " + path, refused.getMessage());

    first.close();
    new LockedStateDirectory(path).close();
  }

  @Test
  void theInstanceStaysAndTheScratchDirectoryIsEmptiedAtTheNextStart() throws IOException {
    Path path = parent.resolve("state");
    LockedStateDirectory first = new LockedStateDirectory(path);
    Path left = Files.writeString(first.scratch().resolve("1.yml"), "password: secret");
    first.close();

    LockedStateDirectory second = new LockedStateDirectory(path);

    assertEquals(first.instance(), second.instance());
    assertEquals(false, Files.exists(left));
    second.close();
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    LockedStateDirectory state = new LockedStateDirectory(parent.resolve("state"));

    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())));
    state.close();
  }
}
