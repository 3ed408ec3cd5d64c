/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.appliance.api.MadeUpBuilds;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artefacts, whole and in parts. */
@FailOnStall
class DownloadTest {
  private static final String NAME = "web 1.qcow2";
  private static final String PATH = "/api/v1/builds/1/artefacts/web%201.qcow2";
  private static final String SHA256 = "0f".repeat(32);

  @TempDir private Path folder;
  private final byte[] content = new byte[3_000_000];
  private Path file;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(folder, manifest -> new Planning(Optional.empty(), List.of()));
    new Random(1).nextBytes(content);
    file = Files.write(folder.resolve(NAME), content);
    server.builds.submit(new Submission("web.yml", "a: b", 0, "bob"));
    server.builds.state(1, BuildState.SUCCEEDED);
    server.builds.deliver(1, file, content.length, 1, SHA256);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<byte[]> get(String... headers) throws Exception {
    var request = server.request(server.viewer, PATH);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request, BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void aCompleteDownloadHasTheChecksum() throws Exception {
    HttpResponse<byte[]> response = get();
    assertEquals(200, response.statusCode());
    assertArrayEquals(content, response.body());
    assertEquals("\"" + SHA256 + "\"", header(response, "ETag"));
    assertEquals("bytes", header(response, "Accept-Ranges"));
    assertTrue(header(response, "Content-Disposition").contains("web%201.qcow2"));
    String list = server.get(server.viewer, "/api/v1/builds/1/artefacts").body();
    assertTrue(list.contains(SHA256), list);
    assertTrue(!list.contains(folder.toString()), "the path must not be in the list: " + list);
  }

  @Test
  void aRangeIsDownloaded() throws Exception {
    HttpResponse<byte[]> middle = get("Range", "bytes=1000-1999");
    assertEquals(206, middle.statusCode());
    assertEquals("bytes 1000-1999/3000000", header(middle, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(content, 1000, 2000), middle.body());
    HttpResponse<byte[]> rest = get("Range", "bytes=2999000-");
    assertArrayEquals(Arrays.copyOfRange(content, 2_999_000, 3_000_000), rest.body());
    HttpResponse<byte[]> last = get("Range", "bytes=-10");
    assertArrayEquals(Arrays.copyOfRange(content, 2_999_990, 3_000_000), last.body());
  }

  @Test
  void aRangeBeyondTheEndIsRefusedAndAnInvalidOneIgnored() throws Exception {
    HttpResponse<byte[]> beyond = get("Range", "bytes=3000000-");
    assertEquals(416, beyond.statusCode());
    assertEquals("bytes */3000000", header(beyond, "Content-Range"));
    for (String odd : List.of("bytes=-", "lines=1-2", "bytes=1-2,4-5", "bytes=a-b")) {
      assertEquals(200, get("Range", odd).statusCode(), odd);
    }
  }

  @Test
  void aDownloadOfAnotherFileIsNotResumed() throws Exception {
    assertEquals(
        200, get("Range", "bytes=10-", "If-Range", "\"" + "1".repeat(64) + "\"").statusCode());
    assertEquals(206, get("Range", "bytes=10-", "If-Range", "\"" + SHA256 + "\"").statusCode());
  }

  @Test
  void anUnchangedFileIsNotSentAgainAndHeadHasNoBody() throws Exception {
    assertEquals(304, get("If-None-Match", "\"" + SHA256 + "\"").statusCode());
    HttpResponse<byte[]> head =
        server.send(
            server.request(server.viewer, PATH).method("HEAD", BodyPublishers.noBody()),
            BodyHandlers.ofByteArray());
    assertEquals(200, head.statusCode());
    assertEquals("3000000", header(head, "Content-Length"));
    assertEquals(0, head.body().length);
  }

  @Test
  void noNameReachesFilesOutsideOfTheArtefacts() throws Exception {
    Files.writeString(folder.resolve("secret"), "secret");
    for (String name :
        List.of(
            "..%2Fsecret",
            "%2E%2E%2Fsecret",
            "../artefacts/../secret",
            "..",
            ".",
            "%2Fetc%2Fpasswd",
            "/etc/passwd",
            "web%201.qcow2%00",
            "web%201.qcow2/",
            "%c0%ae%c0%ae/secret",
            "..;/secret",
            "secret")) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        // By hand, as a client library would tidy the path up.
        socket
            .getOutputStream()
            .write(
                ("GET /api/v1/builds/1/artefacts/"
                        + name
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer "
                        + server.viewer
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), name + ": " + answer);
      }
    }
  }

  @Test
  void aDeletedChangedOrMovedFileIsNotFound() throws Exception {
    server.builds.builtBy(1, "other");
    HttpResponse<String> elsewhere = server.get(server.viewer, PATH);
    assertEquals(404, elsewhere.statusCode());
    assertTrue(elsewhere.body().contains("on the appliance other"), elsewhere.body());
    server.builds.builtBy(1, MadeUpBuilds.HERE);
    Files.writeString(file, "shorter");
    assertEquals(404, get().statusCode());
    Files.delete(file);
    assertEquals(404, get().statusCode());
  }

  @Test
  void aFolderIsNotDownloaded() throws Exception {
    server.builds.deliver(1, Files.createDirectories(folder.resolve("web.oci")), 1, 1, "");
    HttpResponse<String> answer = server.get(server.viewer, "/api/v1/builds/1/artefacts/web.oci");
    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().contains("is a directory or a volume"), answer.body());
  }

  @Test
  void aRemoteArtefactIsListedWithItsPlaceAndIsNotDownloaded() throws Exception {
    server.builds.deliver(
        1,
        new Artefact.Remote(
            "ec2-image", "4711", "eu-central-1", "ami-1", "https://console.example.org/ami-1"));

    String list = server.get(server.viewer, "/api/v1/builds/1/artefacts").body();
    assertTrue(
        list.contains(
            "{\"name\":\"ami-1\",\"kind\":\"ec2-image\",\"account\":\"4711\",\"region\":\"eu-central-1\","
                + "\"link\":\"https://console.example.org/ami-1\"}"),
        list);
    HttpResponse<String> answer = server.get(server.viewer, "/api/v1/builds/1/artefacts/ami-1");
    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().contains("is not a file"), answer.body());
  }

  @Test
  void aClientThatStopsReadingOccupiesNoThreadAndIsDisconnected() throws Exception {
    Socket[] sockets = new Socket[20]; // more than the server has threads
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new Socket();
      sockets[i].setReceiveBufferSize(4096);
      sockets[i].connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
      sockets[i]
          .getOutputStream()
          .write(
              ("GET "
                      + PATH
                      + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + server.viewer
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
    }
    assertArrayEquals(content, get().body());
    // Nobody reads for longer than the timeout; then only the connection of those who do is left.
    TestServer.await(() -> server.connections() <= 1);
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
