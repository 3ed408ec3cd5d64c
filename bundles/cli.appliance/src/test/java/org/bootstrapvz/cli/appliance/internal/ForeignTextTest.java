/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.value.VisibleText;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command, with an appliance of which every text has control characters. */
@FailOnStall
class ForeignTextTest {
  private static final String EVIL = "\033[2J\033]0;title\007\u009b31m\u202e\r\bevil";
  private static final String JSON_EVIL =
      "\\u001b[2J\\u001b]0;title\\u0007\\u009b31m\\u202e\\r\\bevil";

  private static final String ARTEFACTS =
      "[{'name':'EVIL','kind':'EVIL','region':'EVIL','account':'EVIL','link':'EVIL','sha256':''},"
          + "{'name':'EVIL','kind':'','size':1,'sha256':'EVIL'},"
          + "{'name':'EVIL','kind':'','size':1,'sha256':''}]";

  private static final String BUILD =
      "{'id':7,'name':'EVIL','state':'failed EVIL','error':'EVIL','task':'EVIL','submitter':'EVIL',"
          + "'priority':'EVIL','submitted':'EVIL','started':'EVIL','finished':'EVIL',"
          + "'appliance':'EVIL','retryOf':'EVIL','phases':{'EVIL':1},'artefacts':"
          + ARTEFACTS
          + "}";

  private static final String EVENTS =
      "id: 1\nevent: phase-started\ndata: {'data':{'phase':'EVIL'}}\n\n"
          + "id: 2\nevent: warning\ndata: {'data':{'message':'EVIL'}}\n\n"
          + "id: 3\nevent: failing\ndata: {'data':{'message':'EVIL'}}\n\n"
          + "id: 4\nevent: log\ndata: {'text':'EVIL'}\n\nevent: end\ndata: {}\n\n";

  private static final String REFUSAL =
      "{'detail':'EVIL','problems':[{'severity':'EVIL','line':3,'column':4,'path':'EVIL',"
          + "'message':'EVIL','remedy':'EVIL'}]}";

  @TempDir private Path folder;
  private final Map<String, Command> commands = new TreeMap<>();
  private final TestProgram program = new TestProgram();
  private HttpServer server;
  private volatile boolean refuse;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(folder.resolve("token"), "the-token\n");
    commands.put("submit", new SubmitCommand(folder, ManifestFiles::new));
    commands.put("builds", new BuildsCommand(folder));
    commands.put("show", new ShowCommand(folder));
    commands.put("log", new LogCommand(folder));
    commands.put("cancel", new CancelCommand(folder));
    commands.put("retry", new RetryCommand(folder));
    commands.put("artefacts", new ArtefactsCommand(folder));
    commands.put("fetch", new FetchCommand(folder));
    commands.put("token", new TokenCommand(folder));
    commands.put("shell", new ShellCommand(folder));
    commands.forEach(program::with);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String json = BUILD;
      if (refuse) {
        json = REFUSAL;
      } else if ("text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
        json = EVENTS;
      } else if (path.endsWith("/log")) {
        json = "";
      } else if (path.endsWith("/artefacts")) {
        json = "{'artefacts':" + ARTEFACTS + "}";
      } else if (path.endsWith("/tokens")) {
        json =
            exchange.getRequestMethod().equals("GET")
                ? "{'tokens':[{'name':'EVIL','role':'EVIL','created':'EVIL'}]}"
                : "{'token':'EVIL'}";
      } else if (path.endsWith("/builds") && exchange.getRequestMethod().equals("GET")) {
        json = "{'builds':[" + BUILD + "]}";
      }
      byte[] body =
          path.endsWith("/log") && json.isEmpty()
              ? (EVIL + "\0\n\ud83d\ude00\n").getBytes(StandardCharsets.UTF_8)
              : json.replace('\'', '"').replace("EVIL", JSON_EVIL).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(refuse ? 422 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void assertHarmless(String... words) {
    TestTerminal terminal = new TestTerminal();
    program.run(terminal.plain(), words);
    String sent = terminal.out() + terminal.err();
    assertTrue(sent.contains("evil"), () -> String.join(" ", words) + " printed: " + sent);
    List<String> controls =
        sent.codePoints()
            .filter(each -> each != '\n' && each != '\t' && VisibleText.controls(each))
            .mapToObj(VisibleText::escaped)
            .toList();
    assertEquals(List.of(), controls, () -> String.join(" ", words) + " printed: " + sent);
  }

  private void assertHarmlessWithServer(List<String> words) {
    List<String> more = new ArrayList<>(words);
    more.add("--server=http://127.0.0.1:" + server.getAddress().getPort());
    more.add("--token-file=" + folder.resolve("token"));
    assertHarmless(more.toArray(String[]::new));
  }

  private List<List<String>> everyUse() throws IOException {
    String manifest = Files.writeString(folder.resolve("web.yml"), "a: b").toString();
    return List.of(
        List.of("submit", manifest),
        List.of("submit", "--wait", manifest),
        List.of("builds"),
        List.of("show", "7"),
        List.of("log", "7"),
        List.of("log", "-f", "7"),
        List.of("retry", "7"),
        List.of("retry", "--wait", "7"),
        List.of("artefacts", "7"),
        List.of("fetch", "7", "--output=" + folder.resolve("fetched")),
        List.of("token", "list"),
        List.of("token", "create", "x", "--role=viewer"));
  }

  @Test
  void noCommandSendsControlCharactersOfBuildsToTheTerminal() throws Exception {
    for (List<String> words : everyUse()) {
      assertHarmlessWithServer(words);
    }
  }

  @Test
  void noCommandSendsControlCharactersOfAnErrorToTheTerminal() throws Exception {
    refuse = true;
    for (List<String> words : everyUse()) {
      assertHarmlessWithServer(words);
    }
    assertHarmlessWithServer(List.of("cancel", "7"));
    assertHarmlessWithServer(List.of("token", "revoke", "x"));
  }

  @Test
  void noCommandSendsControlCharactersOfItsArgumentsToTheTerminal() {
    for (String command : commands.keySet()) {
      assertHarmless(command, command.equals("token") ? EVIL : "--" + EVIL, "7");
    }
  }

  @Test
  void theShellSendsNoControlCharactersToTheTerminal() throws Exception {
    try (ServerSocketChannel shell = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      shell.bind(UnixDomainSocketAddress.of(folder.resolve("shell")));
      Thread answering =
          new Thread(
              () -> {
                try (SocketChannel client = shell.accept();
                    InputStream in = Channels.newInputStream(client)) {
                  while (in.read() != '\n') {
                    // The command.
                  }
                  client.write(
                      ByteBuffer.wrap((EVIL + "\n\0000").getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      answering.start();
      assertHarmless("shell", "lb");
      answering.join();
    }
  }
}
