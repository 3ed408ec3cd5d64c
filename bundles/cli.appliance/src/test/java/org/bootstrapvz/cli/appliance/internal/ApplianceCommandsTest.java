/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.cli.internal.reference.ReferenceCheck;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask the appliance on this machine, with one that answers what a test says. */
@FailOnStall
class ApplianceCommandsTest {
  private static final String SUCCEEDED =
      "{\"id\":7,\"name\":\"web.yml\",\"state\":\"succeeded\",\"error\":\"\",\"artefacts\":[]}";

  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Answer> answers = new HashMap<>();
  private HttpServer server;
  private UnixBridge socket;

  /** What is answered to a request. */
  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    socket = new UnixBridge(folder.resolve("api"), server.getAddress());
    // What a stopped appliance leaves, and what only a browser needs.
    Files.writeString(folder.resolve("address"), "http://127.0.0.1:1\n");
    Files.writeString(folder.resolve("admin.token"), "the-token\n");
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(request);
    try (exchange) {
      if (exchange.getRequestHeaders().containsKey("Authorization")) {
        send(exchange, 400, "{\"detail\":\"A token was sent\"}");
        return;
      }
      Answer answer = answers.get(request);
      if (answer == null) {
        send(exchange, 404, "{\"detail\":\"There is nothing\"}");
      } else {
        answer.to(exchange);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void answers(String request, int status, String body) {
    answers.put(request, exchange -> send(exchange, status, body));
  }

  private int run(String... words) throws Exception {
    return program().run(terminal.plain(), words);
  }

  private String manifest() throws IOException {
    return Files.writeString(folder.resolve("web.yml"), "a: b").toString();
  }

  @Test
  void submittingPrintsTheNumberForScripts() throws Exception {
    answers("POST /api/v1/builds?name=web.yml&priority=5", 201, "{\"id\":7,\"name\":\"web.yml\"}");
    assertEquals(ExitStatus.DONE, run("submit", "--priority=5", manifest()), terminal.err());
    assertEquals("7\n", terminal.out());
  }

  private static String auditEntry(long number) {
    return "{\"number\":"
        + number
        + ",\"time\":\"2026-05-01T10:00:00.123Z\",\"action\":\"build-cancelled\",\"by\":\"ada\\u001b\","
        + "\"role\":\"admin\",\"from\":\"192.0.2.1\",\"object\":\"build 5\",\"result\":\"ok\",\"detail\":\"\"}";
  }

  @Test
  void theAuditLogIsShownPageByPage() throws Exception {
    String page = String.join(",", Collections.nCopies(1000, auditEntry(5)));
    answers("GET /api/v1/audit?limit=1000", 200, "{\"entries\":[" + page + "],\"next\":5}");
    answers("GET /api/v1/audit?limit=500&before=5", 200, "{\"entries\":[" + auditEntry(4) + "]}");
    assertEquals(ExitStatus.DONE, run("audit", "--limit=1500"), terminal.err());
    List<String> lines = terminal.out().lines().toList();
    assertEquals(1002, lines.size());
    assertEquals(
        "4       2026-05-01T10:00:00Z  build-cancelled  build 5  ok      ada\\x1b  admin  192.0.2.1",
        lines.get(1001));
  }

  @Test
  void theAuditLogIsPrintedAsJsonLines() throws Exception {
    answers("GET /api/v1/audit?limit=2&before=9", 200, "{\"entries\":[" + auditEntry(4) + "]}");
    assertEquals(
        ExitStatus.DONE, run("audit", "--limit=2", "--before=9", "--format=json"), terminal.err());
    assertTrue(terminal.out().startsWith("{\"number\":4,"), terminal.out());
    assertEquals(1, terminal.out().lines().count());
  }

  @Test
  void aManifestThatIsTooLargeIsNotRead() throws Exception {
    Path large = folder.resolve("large.yml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 36); // sparse, and more than fits into memory
    }
    assertEquals(ExitStatus.INPUT, run("submit", large.toString()));
    assertTrue(terminal.err().contains("is larger than 1048576 bytes"), terminal.err());
    assertTrue(asked.isEmpty(), asked.toString());
  }

  @Test
  void problemsOfTheManifestAreShownWithTheirPlaces() throws Exception {
    answers(
        "POST /api/v1/builds?name=web.yml&priority=0",
        422,
        "{\"detail\":\"The manifest has errors\",\"problems\":[{\"severity\":\"error\",\"line\":3,"
            + "\"column\":4,\"path\":\"system\",\"message\":\"It is odd\",\"remedy\":\"Mend it\"}]}");
    assertEquals(ExitStatus.INPUT, run("submit", manifest()));
    assertTrue(terminal.err().contains("3:4: error: system: It is odd. Mend it"), terminal.err());
  }

  @Test
  void aManifestWithIncludesIsSentAsOneAndItsProblemsAreShownWhereTheValuesAre() throws Exception {
    Files.writeString(folder.resolve("base.yml"), "system:\n  release: trixie\n");
    Path file =
        Files.writeString(
            folder.resolve("web.yml"),
            "include: [base.yml]\nvariables: {a: {type: secret}}\nname: 'web-{variables.a}'\n");
    List<String> sent = new ArrayList<>();
    answers.put(
        "POST /api/v1/builds?name=web.yml&priority=0",
        exchange -> {
          sent.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          send(
              exchange,
              422,
              "{\"detail\":\"The manifest has errors\",\"problems\":[{\"severity\":\"error\",\"line\":2,"
                  + "\"column\":12,\"path\":\"system.release\",\"message\":\"It is odd\",\"remedy\":\"\"},"
                  + "{\"severity\":\"error\",\"line\":4,\"column\":1,\"path\":\"\",\"message\":\"None\"}]}");
        });
    Path values = Files.writeString(folder.resolve("v.yml"), "a: one\n");
    Files.setPosixFilePermissions(values, PosixFilePermissions.fromString("rw-------"));
    assertEquals(ExitStatus.INPUT, run("submit", "--var-file=" + values, file.toString()));
    assertEquals(List.of("system:\n  release: trixie\nname: web-one\n"), sent);
    assertTrue(
        terminal
            .err()
            .startsWith(
                folder.resolve("base.yml")
                    + ":2:12: error: system.release: It is odd\n4:1: error: None\n"),
        terminal.err());
  }

  @Test
  void anIncludeThatIsMissingIsReportedBeforeAnythingIsSent() throws Exception {
    Path file = Files.writeString(folder.resolve("web.yml"), "include: [base.yml]\n");
    assertEquals(ExitStatus.INPUT, run("submit", file.toString()));
    assertTrue(
        terminal.err().contains("web.yml:1:11: error: include.0: There is no file"),
        terminal.err());
    assertTrue(asked.isEmpty(), asked.toString());
  }

  @Test
  void waitingResumesABrokenStreamAndEndsWithTheStatusOfTheBuild() throws Exception {
    answers("POST /api/v1/builds?name=web.yml&priority=0", 201, "{\"id\":7,\"name\":\"web.yml\"}");
    answers.put(
        "GET /api/v1/builds/7/events",
        exchange -> {
          String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
          send(
              exchange,
              200,
              last == null
                  ? "id: 1\nevent: phase-started\ndata: {\"data\":{\"phase\":\"Cleaning\"}}\n\n"
                      + "id: 2\nevent: war"
                  : "id: 2\nevent: failing\ndata: {\"data\":{\"message\":\"after "
                      + last
                      + "\"}}\n\nevent: end\ndata: {}\n\n");
        });
    answers("GET /api/v1/builds/7", 200, SUCCEEDED.replace("succeeded", "failed"));
    assertEquals(ExitStatus.FAILED, run("submit", "--wait", manifest()));
    assertTrue(
        terminal.err().contains("Cleaning\nerror: after 1\nBuild 7: failed"), terminal.err());
  }

  @Test
  void theExitStatusOfWaitingIsThatOfBuild() throws Exception {
    answers("POST /api/v1/builds/3/retry", 201, "{\"id\":7,\"name\":\"web.yml\"}");
    answers("GET /api/v1/builds/7/events", 200, "event: end\ndata: {}\n\n");
    Map<String, Integer> expected =
        Map.of(
            "succeeded", ExitStatus.DONE,
            "rejected", ExitStatus.INPUT,
            "cancelled", ExitStatus.INTERRUPTED,
            "interrupted", ExitStatus.FAILED);
    for (Map.Entry<String, Integer> each : expected.entrySet()) {
      answers("GET /api/v1/builds/7", 200, SUCCEEDED.replace("succeeded", each.getKey()));
      assertEquals(each.getValue(), run("retry", "--wait", "3"), each.getKey());
    }
  }

  @Test
  void anUnknownBuildIsReported() throws Exception {
    assertEquals(ExitStatus.FAILED, run("show", "9"));
    assertTrue(terminal.err().contains("There is nothing"), terminal.err());
  }

  @Test
  void aTokenIsRefusedWhereNoneIsNeeded() throws Exception {
    assertEquals(ExitStatus.USAGE, run("builds", "--token-file=" + folder.resolve("admin.token")));
    assertTrue(terminal.err().contains("--token-file requires --server"), terminal.err());
    assertEquals(List.of(), asked);
  }

  /** Neither the address file nor the port leads anywhere when the socket does not. */
  @Test
  void withoutASocketNothingIsAsked() throws Exception {
    Files.writeString(
        folder.resolve("address"), "http://127.0.0.1:" + server.getAddress().getPort() + "\n");
    socket.close();
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertTrue(terminal.err().contains("No appliance is running on this machine"), terminal.err());
    Files.delete(folder.resolve("api"));
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertFalse(terminal.err().contains("the-token"));
    assertEquals(List.of(), asked);
  }

  @Test
  void aSocketInADirectoryOfOthersIsNotUsed() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertTrue(
        terminal.err().contains(folder + " belongs to ")
            && terminal.err().contains("so other users can replace what is in it"),
        terminal.err());
    assertEquals(List.of(), asked);
  }

  /** The owner of a file cannot be forged; that of a process cannot be, either. */
  @Test
  void aSocketOfAnotherUserIsNotUsed() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a file away");
    Path file = folder.resolve("api");
    Files.setAttribute(file, "unix:uid", 65_534, LinkOption.NOFOLLOW_LINKS);
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertTrue(terminal.err().contains(file + " belongs to "), terminal.err());
    Files.setAttribute(file, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(folder, "unix:uid", 65_534);
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertTrue(terminal.err().contains(folder + " belongs to "), terminal.err());
    assertEquals(List.of(), asked);
  }

  @Test
  void aFileThatIsNotASocketIsNotUsed() throws Exception {
    socket.close();
    Files.delete(folder.resolve("api"));
    Files.createFile(folder.resolve("api"));
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertTrue(terminal.err().contains("api is not a socket"), terminal.err());
  }

  private byte[] artefact(String name) throws Exception {
    byte[] content = new byte[300_000];
    new Random(2).nextBytes(content);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    answers(
        "GET /api/v1/builds/7/artefacts",
        200,
        "{\"artefacts\":[{\"name\":\""
            + name
            + "\",\"size\":300000,\"sha256\":\""
            + sha256
            + "\"}]}");
    answers.put(
        "GET /api/v1/builds/7/artefacts/web.qcow2",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          assertTrue(
              range == null
                  || exchange
                      .getRequestHeaders()
                      .getFirst("If-Range")
                      .equals("\"" + sha256 + "\""));
          exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
          // Breaks off in the middle at first.
          int to = from == 0 ? content.length / 2 : content.length;
          exchange.getResponseBody().write(content, from, to - from);
        });
    return content;
  }

  @Test
  void fetchingResumesAndDoesNothingTheSecondTime() throws Exception {
    byte[] content = artefact("web.qcow2");
    Path output = folder.resolve("out");
    assertEquals(ExitStatus.DONE, run("fetch", "7", "--output=" + output), terminal.err());
    assertArrayEquals(content, Files.readAllBytes(output.resolve("web.qcow2")));
    assertFalse(Files.exists(output.resolve("web.qcow2.part")));
    int requests = asked.size();
    assertEquals(ExitStatus.DONE, run("fetch", "7", "--output=" + output));
    assertEquals(requests + 1, asked.size(), "only the list was asked for");
  }

  @Test
  void aDeliveredDirectoryIsReportedAndNotFetched() throws Exception {
    answers(
        "GET /api/v1/builds/7/artefacts",
        200,
        "{\"artefacts\":[{\"name\":\"web.oci\",\"size\":1,\"sizeOnDisk\":1,\"sha256\":\"\"}]}");
    Path output = folder.resolve("out");
    assertEquals(ExitStatus.DONE, run("fetch", "7", "--output=" + output), terminal.err());
    assertTrue(terminal.err().contains("web.oci is a directory or a volume"), terminal.err());
    assertFalse(Files.exists(output.resolve("web.oci")));
  }

  @Test
  void aFileWithAWrongChecksumIsDeleted() throws Exception {
    byte[] content = artefact("web.qcow2");
    Path output = Files.createDirectories(folder.resolve("out"));
    byte[] wrong = Arrays.copyOf(content, 200_000);
    wrong[0]++;
    Files.write(output.resolve("web.qcow2.part"), wrong);
    assertEquals(ExitStatus.FAILED, run("fetch", "7", "--output=" + output));
    assertTrue(terminal.err().contains("was damaged in transit"), terminal.err());
    try (var files = Files.list(output)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void namesFromAnApplianceDoNotLeaveTheDirectory() throws Exception {
    for (String name : List.of("../web.qcow2", "/etc/passwd", "..", "a/b")) {
      artefact(name);
      assertEquals(ExitStatus.FAILED, run("fetch", "7", "--output=" + folder.resolve("out")), name);
    }
    assertTrue(terminal.err().contains("a path"), terminal.err());
  }

  @Test
  void theLogIsReadCompletely() throws Exception {
    String log = "/api/v1/builds/7/log?limit=1048576&offset=";
    for (int part = 0; part < 3; part++) {
      int next = Math.min(part + 1, 2);
      String text = part < 2 ? "line " + part + "\n" : "";
      answers.put(
          "GET " + log + part,
          exchange -> {
            exchange.getResponseHeaders().set("Log-Next-Offset", Integer.toString(next));
            send(exchange, 200, text);
          });
    }
    assertEquals(ExitStatus.DONE, run("log", "7"));
    assertEquals("line 0\nline 1\n", terminal.out());
  }

  @Test
  void anInterruptEndsACommandThatWaits() throws Exception {
    Thread command = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    answers.put(
        "GET /api/v1/builds/7/log",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          command.interrupt();
          try {
            ended.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    try {
      assertEquals(ExitStatus.INTERRUPTED, run("log", "-f", "7"));
    } finally {
      ended.countDown();
    }
  }

  @Test
  void aNewTokenIsTheOnlyLineOfTheOutput() throws Exception {
    answers("POST /api/v1/tokens", 201, "{\"name\":\"vera\",\"role\":\"viewer\",\"token\":\"t\"}");
    assertEquals(ExitStatus.DONE, run("token", "add", "vera", "--role=viewer"));
    assertEquals("t\n", terminal.out());
  }

  @Test
  void aTokenNeedsARoleThatExists() throws Exception {
    assertEquals(ExitStatus.USAGE, run("token", "create", "vera"));
    assertTrue(terminal.err().contains("Missing option: --role=ROLE"), terminal.err());
    assertEquals(ExitStatus.USAGE, run("token", "create", "vera", "--role=owner"));
    assertTrue(
        terminal.err().contains("--role: \"owner\" is not one of viewer, builder, admin"),
        terminal.err());
    assertEquals(List.of(), asked);
  }

  @Test
  void aTokenIsRevokedByBothNamesOfTheCommand() throws Exception {
    answers("DELETE /api/v1/tokens/vera", 204, "");
    assertEquals(ExitStatus.DONE, run("token", "revoke", "vera"), terminal.err());
    assertEquals(ExitStatus.DONE, run("token", "remove", "vera"), terminal.err());
    assertEquals(List.of("DELETE /api/v1/tokens/vera", "DELETE /api/v1/tokens/vera"), asked);
  }

  @Test
  void aBuildIsNamedByItsNumber() throws Exception {
    assertEquals(ExitStatus.USAGE, run("show", "seven"));
    assertTrue(terminal.err().contains("\"seven\" is not the number of a build"), terminal.err());
    assertEquals(List.of(), asked);
  }

  @Test
  void everyOptionIsInCompletionAndManual() {
    ReferenceCheck.everyOptionIsDescribed(
        program().with("serve", new ServeCommand()).with("build", new ServeCommand()).table());
  }

  private TestProgram program() {
    return new TestProgram()
        .with("submit", new SubmitCommand(folder, ManifestFiles::new))
        .with("builds", new BuildsCommand(folder))
        .with("show", new ShowCommand(folder))
        .with("log", new LogCommand(folder))
        .with("cancel", new CancelCommand(folder))
        .with("retry", new RetryCommand(folder))
        .with("artefacts", new ArtefactsCommand(folder))
        .with("fetch", new FetchCommand(folder))
        .with("token", new TokenCommand(folder))
        .with("login", new LoginCommand())
        .with("logout", new LogoutCommand())
        .with("servers", new ServersCommand())
        .with("audit", new AuditCommand(folder));
  }
}
