/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve} with a state directory that it cannot use: a sentence, and status 3. */
@Timeout(300)
class BrokenStateIT {
  @TempDir private Path folder;
  private CommandLine command;
  private Path state;

  @BeforeEach
  void makeFolders() throws IOException {
    command = new CommandLine(folder, Files.createDirectory(folder.resolve("deploy")));
    Files.writeString(
        command.settings().resolveSibling("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    state = folder.toRealPath().resolve("state/appliance");
  }

  private void assertRefused(String sentence) throws Exception {
    CommandLine.Answer answer = command.run("serve");
    String said = answer.all().strip();
    assertEquals(3, answer.status(), said);
    assertTrue(said.contains(sentence), said);
    assertEquals(1, said.lines().count(), said);
  }

  @Test
  void theStateDirectoryIsAFile() throws Exception {
    Files.createFile(folder.resolve("state"));
    assertRefused("/state: Not a directory");
  }

  @Test
  void tokensIsADirectory() throws Exception {
    Files.createDirectories(state.resolve("tokens"));
    assertRefused(state + "/tokens is a directory, but must be a file; move it out of the way");
  }

  @Test
  void tokensAreTorn() throws Exception {
    Files.writeString(Files.createDirectories(state).resolve("tokens"), "ada admin 12ab");
    assertRefused(
        "The access tokens cannot be used: "
            + state
            + "/tokens: \"ada admin 12ab\" is not of the form NAME ROLE HASH");
  }

  @Test
  void instanceIsADirectory() throws Exception {
    Files.createDirectories(state.resolve("instance"));
    assertRefused(state + "/instance is a directory, but must be a file");
  }

  @Test
  void buildsIsAFile() throws Exception {
    Files.createFile(Files.createDirectories(state).resolve("builds"));
    assertRefused(state + "/builds is not a directory");
  }

  @Test
  void othersCanWriteToIt() throws Exception {
    Files.setPosixFilePermissions(
        Files.createDirectories(state), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused("The directory " + state + " belongs to ");
  }

  @Test
  void anotherApplianceUsesIt() throws Exception {
    Path lock = Files.createDirectories(state).resolve("lock");
    try (FileChannel other =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertRefused("Another appliance is using the state directory " + state);
    }
  }
}
