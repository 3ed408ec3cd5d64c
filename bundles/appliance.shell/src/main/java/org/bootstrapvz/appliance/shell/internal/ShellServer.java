/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.shell.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.bootstrapvz.api.value.VisibleText;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands of the Gogo shell for the owner of the state directory, over a Unix domain socket.
 * A line is a command; its output is followed by a NUL and {@code 0}, or {@code 1} if it failed.
 */
@Component(
    service = {},
    immediate = true)
public final class ShellServer {
  private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);
  private static final int MAX_SESSIONS = 8;

  /** The variable of a session with the name of its user. */
  private static final String USER = ShellServer.class.getName();

  private final CommandProcessor processor;
  private final Path file;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> sessions = ConcurrentHashMap.newKeySet();

  /** Called by the container as soon as the Gogo shell is available. */
  @Activate
  public ShellServer(@Reference CommandProcessor processor, @Reference StateDirectory state)
      throws IOException {
    this(processor, state.path().resolve("shell"));
  }

  ShellServer(CommandProcessor processor, Path file) throws IOException {
    this.processor = processor;
    this.file = file;
    Files.deleteIfExists(file); // left behind by a process that was killed
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // Only the owner can enter the directory, so nobody can connect between these calls.
      server.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      LOG.warn("The shell is not available: {}: {}", file, e.getMessage());
      return;
    }
    start("shell", this::accept);
  }

  private static void start(String name, Runnable what) {
    Thread thread = new Thread(what, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        if (sessions.size() >= MAX_SESSIONS) {
          client.close();
        } else {
          sessions.add(client);
          start("shell session", () -> run(client));
        }
      }
    } catch (IOException e) {
      // Closed, as the appliance is stopping.
    }
  }

  private void run(SocketChannel client) {
    try (client;
        InputStream in = Channels.newInputStream(client);
        OutputStream out = Channels.newOutputStream(client);
        PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
        CommandSession session =
            processor.createSession(InputStream.nullInputStream(), print, print)) {
      session.put("SCOPE", "bootstrapvz:*");
      session.put(USER, client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName());
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        print.print(execute(session, print, line) ? "\0" + "0" : "\0" + "1");
        print.flush();
      }
    } catch (IOException e) {
      LOG.debug("A session of the shell was interrupted", e);
    } finally {
      sessions.remove(client);
    }
  }

  /** The user at the other end of a session, as the kernel names it. */
  static String user(CommandSession session) {
    return session.get(USER) instanceof String name ? name : "operator";
  }

  private static boolean execute(CommandSession session, PrintStream print, String line) {
    try {
      Object result = session.execute(line);
      if (result != null) {
        String text = VisibleText.of(session.format(result, Converter.INSPECT).toString());
        print.print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
      }
      return true;
    } catch (Exception e) { // whatever a command throws, the user sees the message
      LOG.debug("A command of the shell failed", e);
      print.println(VisibleText.of(e.getMessage() == null ? e.toString() : e.getMessage()));
      return false;
    }
  }

  /** Ends all sessions. */
  @Deactivate
  public void close() throws IOException {
    server.close();
    for (SocketChannel session : sessions) {
      session.close();
    }
    Files.deleteIfExists(file);
  }
}
