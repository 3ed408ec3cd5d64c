/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.shell.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.value.VisibleText;
import org.bootstrapvz.appliance.api.RecordedAudit;
import org.bootstrapvz.appliance.queue.internal.QueueForShell;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell over its socket, with the real Gogo and a real queue. */
@FailOnStall
class ShellServerTest {
  @TempDir Path folder;
  private QueueForShell queue;
  private ThreadIOImpl threads;
  private ShellServer server;
  private Path socket;

  private final RecordedAudit audit = new RecordedAudit();

  @BeforeEach
  void start() throws Exception {
    Files.createDirectory(folder.resolve("deploy"));
    socket = folder.resolve("shell");
    queue = new QueueForShell(folder.resolve("state"));
    threads = new ThreadIOImpl();
    threads.start();
    CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    ApplianceCommands commands =
        new ApplianceCommands(
            queue.queue(),
            queue.queue(),
            queue.queue(),
            () ->
                List.of(
                    new ExtensionInfo(
                        ExtensionInfo.Kind.BUNDLE,
                        "bad.jar",
                        "",
                        "",
                        "",
                        ExtensionInfo.State.REFUSED,
                        "it is not a \033[2Jjar")),
            Map::of,
            audit,
            folder.resolve("deploy"));
    for (String name : List.of("status", "builds", "show", "log", "cancel", "retry", "plugins")) {
      processor.addCommand("bootstrapvz", commands, name);
    }
    processor.addCommand("bootstrapvz", commands, "deploy");
    processor.addCommand("bootstrapvz", commands, "undeploy");
    server = new ShellServer(processor, socket);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    threads.stop();
    queue.close();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /** What a command answers, with its status at the end. */
  private String ask(String line) throws IOException {
    try (SocketChannel channel = connect()) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void onlyItsOwnerMayConnect() throws Exception {
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(socket));
  }

  @Test
  void aBuildIsShownCancelledAndResubmitted() throws Exception {
    long id = queue.submitOneThatFails();

    String builds = ask("builds");
    assertTrue(builds.startsWith("ID ") && builds.endsWith("\0" + "0"), builds);
    assertTrue(builds.matches("(?s).*\\n" + id + " +failed +test.yml .*"), builds);
    assertTrue(ask("show " + id).startsWith(id + "  failed  test.yml\n"));
    assertTrue(ask("bootstrapvz:log " + id).contains("failed: "));
    assertEquals("Build " + (id + 1) + " submitted\n\0" + "0", ask("retry " + id));
    String submitter = "(?m)^" + (id + 1) + " .*\\b" + System.getProperty("user.name") + "\\b.*$";
    assertTrue(Pattern.compile(submitter).matcher(ask("builds")).find(), ask("builds"));
    assertEquals("There is no build 77\n\0" + "1", ask("cancel 77"));
  }

  @Test
  void controlCharactersOfBuildsJarsAndErrorsAreShownNotSent() throws Exception {
    long id = queue.submit("web.yml", "log: 1\nfail: \033[31mred\u009b2J\u202e");

    for (String command :
        List.of("builds", "show " + id, "log " + id, "status", "plugins", "undeploy '\033[2Jx'")) {
      String answer = ask(command);
      String text = answer.substring(0, answer.length() - 2);
      assertTrue(
          text.chars().noneMatch(each -> each != '\n' && VisibleText.controls(each)), answer);
      assertTrue(command.equals("status") || text.contains("\\x1b"), answer);
    }
  }

  @Test
  void commandsOfGogoCanBeCombined() throws Exception {
    String answer = ask("x = 3; echo $x");

    assertTrue(answer.endsWith("\0" + "1"), "echo is not among these: " + answer);
    assertEquals("3\n\0" + "0", ask("x = 3"));
  }

  @Test
  void aJarIsDeployedAtomicallyAndRemoved() throws Exception {
    Path jar = Files.writeString(folder.resolve("new.jar"), "content");

    assertEquals("new.jar copied to the deploy directory\n\0" + "0", ask("deploy " + jar));
    assertEquals("content", Files.readString(folder.resolve("deploy/new.jar")));
    assertEquals("new.jar deleted from the deploy directory\n\0" + "0", ask("undeploy new.jar"));
    String by = System.getProperty("user.name") + "|admin|shell|new.jar|ok|";
    assertEquals(
        List.of("plugin-deployed|" + by + "copied from " + jar, "plugin-removed|" + by),
        audit.lines());
    try (Stream<Path> left = Files.list(folder.resolve("deploy"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void otherFilesThanDeployedJarsAreNotRemoved() throws Exception {
    Path other = Files.writeString(folder.resolve("other.jar"), "content");

    assertTrue(ask("undeploy ../other.jar").endsWith("\0" + "1"));
    assertTrue(Files.exists(other));
    assertTrue(ask("deploy " + folder.resolve("missing.jar")).endsWith("\0" + "1"));
    assertTrue(ask("deploy /etc/passwd").endsWith("\0" + "1"));
  }

  @Test
  void theStateOfAJarIsReported() throws Exception {
    assertTrue(
        ask("plugins").contains("bad.jar           refused  it is not a \\x1b[2Jjar"),
        ask("plugins"));
  }

  @Test
  void manySessionsAtOnceAreRefused() throws Exception {
    SocketChannel[] open = new SocketChannel[8];
    for (int i = 0; i < open.length; i++) {
      open[i] = connect();
      open[i].write(ByteBuffer.wrap("status\n".getBytes(StandardCharsets.UTF_8)));
      assertTrue(open[i].read(ByteBuffer.allocate(1)) > 0);
    }
    try (SocketChannel ninth = connect()) {
      assertEquals(-1, ninth.read(ByteBuffer.allocate(1)));
    }
    for (SocketChannel each : open) {
      each.close();
    }
  }

  @Test
  void afterAStopNoConnectionIsAccepted() throws Exception {
    server.close();

    assertFalse(Files.exists(socket));
    assertThrows(IOException.class, this::connect);
  }
}
