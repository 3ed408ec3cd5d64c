/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void anExistingDirectoryBecomesPrivate() throws IOException {
    Path path = Files.createDirectory(parent.resolve("state"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    new LockedStateDirectory(path).close();

    assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(path));
  }

  private interface Damage {
    void to(Path state) throws IOException;
  }

  @Test
  void aStateThatCannotBeUsedIsRefusedWithASentence() throws IOException {
    Map<String, Damage> states = new LinkedHashMap<>();
    states.put(
        "/tokens is a directory, but must be a file; move it out of the way",
        state -> Files.createDirectory(state.resolve("tokens")));
    states.put(
        "/instance is a directory, but must be a file; move it out of the way",
        state -> Files.createDirectory(state.resolve("instance")));
    states.put(
        "/lock is a directory, but must be a file; move it out of the way",
        state -> Files.createDirectory(state.resolve("lock")));
    states.put(
        "/builds is not a directory, as which it keeps the images; move it out of the way",
        state -> Files.createFile(state.resolve("builds")));
    states.put(
        "/builds is not a directory",
        state -> Files.createSymbolicLink(state.resolve("builds"), Path.of("nowhere")));
    states.put(
        "has mode 0666, but must be a regular file",
        state ->
            Files.setPosixFilePermissions(
                Files.createFile(state.resolve("tokens")),
                PosixFilePermissions.fromString("rw-rw-rw-")));
    states.put(
        "/database.mv.db belongs to",
        state -> Files.createSymbolicLink(state.resolve("database.mv.db"), parent.resolve("x")));
    states.put(
        "has mode 0777, so other users can replace what is in it",
        state ->
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx")));
    states.put(
        ": Not a directory",
        state -> {
          Files.delete(state);
          Files.createFile(state);
        });
    int number = 0;
    for (Map.Entry<String, Damage> each : states.entrySet()) {
      Path state = Files.createDirectory(parent.resolve("state" + ++number));
      each.getValue().to(state);
      String problem =
          assertThrows(IOException.class, () -> new LockedStateDirectory(state)).getMessage();
      assertTrue(problem.contains(each.getKey()), problem);
      assertTrue(problem.contains(state.toString()), problem);
    }
  }

  @Test
  void aStateThatIsDamagedWithoutLossIsRepaired() throws IOException {
    Path path = Files.createDirectory(parent.resolve("state"));
    for (byte[] damaged : new byte[][] {{}, {'a', 'b'}, {(byte) 0xff, 0, 1, 2, 3, 4, 5, 6}}) {
      Files.write(path.resolve("instance"), damaged);
      LockedStateDirectory state = new LockedStateDirectory(path);
      assertTrue(state.instance().matches("[0-9a-f]{8}"), state.instance());
      assertEquals(state.instance(), Files.readString(path.resolve("instance")));
      state.close();
    }
  }

  @Test
  void theScratchDirectoryIsEmptiedWhateverIsInItsPlace() throws IOException {
    Path path = Files.createDirectory(parent.resolve("state"));
    Path scratch = path.resolve("scratch");
    Files.createDirectories(scratch.resolve("a/b"));
    Files.writeString(scratch.resolve("a/b/c"), "x");
    Files.createSymbolicLink(scratch.resolve("link"), Files.createDirectory(parent.resolve("x")));
    new LockedStateDirectory(path).close();
    assertEquals(List.of(), Arrays.asList(scratch.toFile().list()));

    Files.delete(scratch);
    Files.createSymbolicLink(scratch, parent.resolve("x"));
    Files.createFile(parent.resolve("x/kept"));
    new LockedStateDirectory(path).close();
    assertEquals(List.of(), Arrays.asList(scratch.toFile().list()));
    assertTrue(Files.exists(parent.resolve("x/kept")));

    Files.delete(scratch);
    Files.createFile(scratch);
    new LockedStateDirectory(path).close();
    assertTrue(Files.isDirectory(scratch));
  }
}
