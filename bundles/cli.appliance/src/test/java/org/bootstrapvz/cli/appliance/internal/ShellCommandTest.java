/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FailOnStall
class ShellCommandTest {
  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();
  private ServerSocketChannel server;
  private Path state;

  /** An appliance that repeats what it is told, cannot do what begins with "bad", and may leave. */
  @BeforeEach
  void start() throws IOException {
    state = folder;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("shell")));
    Thread thread = new Thread(this::serve, "appliance");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try (SocketChannel client = server.accept();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && !line.equals("leave");
          line = lines.readLine()) {
        String answer = "<" + line + ">\n\0" + (line.startsWith("bad") ? "1" : "0");
        client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private int run(Terminal with, String... words) throws Exception {
    return new TestProgram().with("shell", new ShellCommand(state)).run(with, words);
  }

  @Test
  void theArgumentsAreJoinedToOneCommand() throws Exception {
    assertEquals(ExitStatus.DONE, run(terminal.plain(), "shell", "cancel", "5"));
    assertEquals("<cancel 5>\n", terminal.out());
  }

  @Test
  void aFailedCommandSetsTheExitStatus() throws Exception {
    assertEquals(ExitStatus.FAILED, run(terminal.plain(), "shell", "bad"));
  }

  @Test
  void commandsAreReadUntilTheUserExits() throws Exception {
    assertEquals(ExitStatus.DONE, run(terminal.typing("status\nbad\n\nexit\nno\n"), "shell"));
    assertEquals(
        "bootstrap-vz> <status>\nbootstrap-vz> <bad>\nbootstrap-vz> bootstrap-vz> ",
        terminal.out());
  }

  @Test
  void anApplianceThatStopsIsReported() throws Exception {
    assertEquals(ExitStatus.FAILED, run(terminal.plain(), "shell", "leave"));
    assertEquals("bootstrap-vz: The appliance has stopped\n", terminal.err());
  }

  @Test
  void withoutAnApplianceTheMessageSaysHowToStartOne() throws Exception {
    state = folder.resolve("empty");
    assertEquals(ExitStatus.FAILED, run(terminal.plain(), "shell", "status"));
    assertTrue(terminal.err().contains("It must be running on this host"), terminal.err());
  }
}
