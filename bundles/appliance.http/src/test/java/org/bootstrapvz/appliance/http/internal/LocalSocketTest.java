/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.appliance.http.internal.server.LocalSocket;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The socket by which commands on this machine use the API. */
@FailOnStall
class LocalSocketTest {
  /** Connects to the socket that it is given, sends its input and prints the response. */
  private static final String STRANGER =
      """
      public class Stranger {
        public static void main(String[] arguments) throws Exception {
          var address = java.net.UnixDomainSocketAddress.of(arguments[0]);
          try (var channel = java.nio.channels.SocketChannel.open(address)) {
            channel.write(java.nio.ByteBuffer.wrap(arguments[1].getBytes()));
            java.nio.channels.Channels.newInputStream(channel).transferTo(System.out);
          }
        }
      }
      """;

  @TempDir private Path folder;
  private Path socket;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    socket = folder.resolve(LocalSocket.FILE);
    server = start(folder);
  }

  private static TestServer start(Path directory) throws Exception {
    return new TestServer(directory, file -> new Planning(Optional.empty(), List.of()));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static String request(String method, String path, String... headers) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + String.join("", headers)
        + "\r\n";
  }

  private String ask(String request) throws Exception {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        InputStream in = Channels.newInputStream(channel)) {
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theUserOfTheApplianceIsAnAdminWithoutAToken() throws Exception {
    String user = System.getProperty("user.name");
    String session = ask(request("GET", "/api/v1/session"));
    assertTrue(session.startsWith("HTTP/1.1 200"), session);
    assertTrue(session.contains("\"name\":\"" + user + "\""), session);
    assertTrue(session.contains("\"role\":\"admin\""), session);
    String submitted =
        ask(
            request(
                    "POST",
                    "/api/v1/builds?name=web.yml",
                    "Content-Type: application/yaml\r\n",
                    "Content-Length: 4\r\n")
                + "a: b");
    assertTrue(submitted.contains("\"submitter\":\"" + user + "\""), submitted);
    assertTrue(
        ask(request("GET", "/api/v1/tokens", "Authorization: Bearer wrong\r\n"))
            .startsWith("HTTP/1.1 200"),
        "the user counts, not a token");
    assertTrue(
        ask(request("GET", "/health").replace("localhost", "evil.example.org"))
            .startsWith("HTTP/1.1 421"),
        "the filters are those of the port");
  }

  @Test
  void theSocketGivesNothingToThePort() throws Exception {
    assertTrue(ask(request("GET", "/api/v1/builds")).startsWith("HTTP/1.1 200"));
    assertEquals(401, server.get(null, "/api/v1/builds").statusCode());
  }

  @Test
  void onlyTheOwnerCanConnect() throws Exception {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    server.stop();
    assertFalse(Files.exists(socket));
  }

  @Test
  void anotherUserIsRefusedEvenIfTheSocketWereOpenToAll() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be another user");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path program = Files.writeString(folder.resolve("Stranger.java"), STRANGER);
    for (String path : List.of("/api/v1/builds", "/health", "/metrics")) {
      Process stranger =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=65534",
                  "--regid=65534",
                  "--clear-groups",
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  program.toString(),
                  socket.toString(),
                  request("GET", path, "Authorization: Bearer " + server.admin + "\r\n"))
              .redirectErrorStream(true)
              .start();
      String answer = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, stranger.waitFor(), answer);
      assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
      assertTrue(
          answer.contains("Only root and the user of the appliance, root, may use its socket"),
          answer);
    }
  }

  @Test
  void aSocketThatAKilledApplianceLeftIsReplaced() throws Exception {
    server.stop();
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertTrue(Files.exists(socket));
    Files.delete(folder.resolve("tokens"));
    server = start(folder);
    assertTrue(ask(request("GET", "/health")).startsWith("HTTP/1.1 200"));
  }

  @Test
  void withATooLongPathThereIsNoSocketButAllElseWorks() throws Exception {
    server.stop();
    server = start(Files.createDirectory(folder.resolve("x".repeat(120))));
    assertEquals(200, server.get(server.viewer, "/api/v1/builds").statusCode());
  }
}
