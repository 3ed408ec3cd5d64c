/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * The command {@code serve} with a state directory that it cannot use: a sentence, and status 3.
 */
public class BrokenStateIT {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  /** A server that hangs half-started would wait for ever. */
  @Rule public final Timeout limit = Timeout.seconds(300);

  private Path folder;
  private CommandLine command;
  private Path state;

  @Before
  public void makeFolders() throws IOException {
    folder = temporary.getRoot().toPath();
    command = new CommandLine(folder, Files.createDirectory(folder.resolve("deploy")));
    Files.writeString(
        command.settings().resolveSibling("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    state = folder.toRealPath().resolve("state/appliance");
  }

  private void assertRefused(String sentence) throws Exception {
    CommandLine.Answer answer = command.run("serve");
    String said = answer.all().strip();
    assertEquals(said, 3, answer.status());
    assertTrue(said, said.contains(sentence));
    assertEquals(said, 1, said.lines().count());
  }

  @Test
  public void theStateDirectoryIsAFile() throws Exception {
    Files.createFile(folder.resolve("state"));
    assertRefused("/state: Not a directory");
  }

  @Test
  public void tokensIsADirectory() throws Exception {
    Files.createDirectories(state.resolve("tokens"));
    assertRefused(state + "/tokens is a directory, but must be a file; move it out of the way");
  }

  @Test
  public void tokensAreTorn() throws Exception {
    Files.writeString(Files.createDirectories(state).resolve("tokens"), "ada admin 12ab");
    assertRefused(
        "The access tokens cannot be used: "
            + state
            + "/tokens: \"ada admin 12ab\" is not of the form NAME ROLE HASH");
  }

  @Test
  public void instanceIsADirectory() throws Exception {
    Files.createDirectories(state.resolve("instance"));
    assertRefused(state + "/instance is a directory, but must be a file");
  }

  @Test
  public void buildsIsAFile() throws Exception {
    Files.createFile(Files.createDirectories(state).resolve("builds"));
    assertRefused(state + "/builds is not a directory");
  }

  @Test
  public void othersCanWriteToIt() throws Exception {
    Files.setPosixFilePermissions(
        Files.createDirectories(state), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused("The directory " + state + " belongs to ");
  }

  @Test
  public void anotherApplianceUsesIt() throws Exception {
    Path lock = Files.createDirectories(state).resolve("lock");
    try (FileChannel other =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertRefused("Another appliance is using the state directory " + state);
    }
  }
}
