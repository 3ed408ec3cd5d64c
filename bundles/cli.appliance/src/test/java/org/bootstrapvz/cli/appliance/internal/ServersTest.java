/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token is sent to the server that it belongs to, and to no other. */
@FailOnStall
class ServersTest {
  private static final String TOKEN = "the-token";

  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private final List<String> strange = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private HttpServer stranger;
  private String address;
  private String strangeAddress;

  @BeforeEach
  void start() throws IOException {
    server = listen(this::answer);
    stranger =
        listen(
            exchange -> {
              strange.add(authorization(exchange));
              send(exchange, 200, "{\"name\":\"mallory\",\"role\":\"admin\",\"builds\":[]}");
            });
    address = "http://127.0.0.1:" + server.getAddress().getPort();
    strangeAddress = "http://127.0.0.1:" + stranger.getAddress().getPort();
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    Files.writeString(folder.resolve("admin.token"), TOKEN + "\n");
    Files.writeString(folder.resolve("address"), strangeAddress + "\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    stranger.stop(0);
    assertFalse((terminal.out() + terminal.err()).contains(TOKEN), "no token is shown");
  }

  private static HttpServer listen(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer created =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    created.createContext("/", handler);
    created.start();
    return created;
  }

  private static String authorization(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    received.add(authorization(exchange));
    if (!authorization(exchange).equals("Bearer " + TOKEN)) {
      send(exchange, 401, "{\"detail\":\"Unknown or revoked token\"}");
    } else if (exchange.getRequestURI().getPath().equals("/api/v1/session")) {
      send(exchange, 200, "{\"name\":\"ada\",\"role\":\"admin\"}");
    } else {
      send(exchange, 200, "{\"builds\":[],\"tokens\":[]}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private int run(String... words) {
    return type("", words);
  }

  private int type(String input, String... words) {
    Terminal plain = terminal.plain();
    return new TestProgram()
        .with("builds", new BuildsCommand(folder))
        .with("token", new TokenCommand(folder))
        .with("login", new LoginCommand())
        .with("logout", new LogoutCommand())
        .with("servers", new ServersCommand())
        .run(
            new Terminal(
                plain.out(),
                plain.err(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                false,
                false,
                80,
                true,
                environment),
            words);
  }

  private Path file() {
    return folder.resolve("config/bootstrap-vz/servers.json");
  }

  private void logIn() {
    assertEquals(ExitStatus.DONE, type(TOKEN + "\n", "login", address), terminal.err());
  }

  @Test
  void afterTheLoginTheTokenIsSentToThisServer() throws Exception {
    logIn();
    assertTrue(terminal.err().contains("as ada, admin"), terminal.err());
    assertEquals(ExitStatus.DONE, run("builds", "--server=" + address), terminal.err());
    assertEquals(
        ExitStatus.DONE,
        run("token", "list", "--server=" + address.replace("http", "HTTP") + "/"),
        "another spelling of the same server");
    environment.put("BOOTSTRAP_VZ_SERVER", address);
    assertEquals(ExitStatus.DONE, run("builds"), terminal.err());
    assertEquals(Collections.nCopies(4, "Bearer " + TOKEN), received);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
  }

  @Test
  void anotherServerGetsNoTokenAndNoRequest() {
    logIn();
    environment.put("BOOTSTRAP_VZ_SERVER", address);
    environment.put("BOOTSTRAP_VZ_TOKEN", TOKEN);
    for (String other : List.of(strangeAddress, strangeAddress.replace("127.0.0.1", "localhost"))) {
      assertEquals(ExitStatus.FAILED, run("builds", "--server=" + other));
      assertTrue(terminal.err().contains("You are not logged in to " + other), terminal.err());
    }
    environment.put("BOOTSTRAP_VZ_SERVER", strangeAddress);
    environment.remove("BOOTSTRAP_VZ_TOKEN");
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertEquals(List.of(), strange);
  }

  @Test
  void anotherPortSchemeOrPathOfTheSameHostIsAnotherServer() {
    logIn();
    for (String other :
        List.of(
            address + "/prefix",
            address.replace("http:", "https:"),
            address.replace("127.0.0.1", "localhost"))) {
      assertEquals(ExitStatus.FAILED, run("builds", "--server=" + other));
      assertTrue(terminal.err().contains("You are not logged in to " + other), terminal.err());
    }
    assertEquals(1, received.size());
  }

  @Test
  void aTokenOfTheEnvironmentNeedsAServer() {
    environment.put("BOOTSTRAP_VZ_TOKEN", TOKEN);
    assertEquals(ExitStatus.FAILED, run("builds"));
    assertTrue(terminal.err().contains("No appliance is running on this machine"), terminal.err());
    assertEquals(List.of(), strange);
    assertEquals(ExitStatus.DONE, run("builds", "--server=" + address), terminal.err());
    environment.put("BOOTSTRAP_VZ_SERVER", address);
    assertEquals(ExitStatus.DONE, run("builds"), terminal.err());
  }

  @Test
  void aTokenFileIsForTheServerThatIsNamedWithIt() throws Exception {
    Path token = folder.resolve("admin.token");
    assertEquals(ExitStatus.DONE, run("builds", "--server=" + address, "--token-file=" + token));
    Files.writeString(token, "two words");
    assertEquals(ExitStatus.FAILED, run("builds", "--server=" + address, "--token-file=" + token));
    assertTrue(terminal.err().contains(token + " is not a token"), terminal.err());
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    logIn();
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", strangeAddress + "/api/v1/builds");
          send(exchange, 307, "");
        });
    assertEquals(ExitStatus.FAILED, run("builds", "--server=" + address));
    assertTrue(terminal.err().contains("redirects to " + strangeAddress), terminal.err());
    assertEquals(List.of(), strange);
  }

  @Test
  void aTokenIsNotSentInTheClear() {
    String far = "http://192.0.2.1:8484";
    assertEquals(ExitStatus.FAILED, type(TOKEN + "\n", "login", far));
    assertTrue(terminal.err().contains("A token is not sent to " + far), terminal.err());
    environment.put("BOOTSTRAP_VZ_TOKEN", TOKEN);
    for (String each : List.of(far, "http://images.example.org", "http://127.0.0.1.example.org")) {
      assertEquals(ExitStatus.FAILED, run("builds", "--server=" + each));
      assertTrue(terminal.err().contains("A token is not sent to " + each), terminal.err());
    }
  }

  @Test
  void aTokenThatTheServerRefusesIsNotStored() {
    assertEquals(ExitStatus.FAILED, type("wrong\n", "login", address));
    assertTrue(terminal.err().contains("Unknown or revoked token"), terminal.err());
    assertEquals(ExitStatus.FAILED, type("", "login", address));
    assertTrue(terminal.err().contains("Standard input is empty"), terminal.err());
    assertFalse(Files.exists(file()));
  }

  @Test
  void theListShowsServersAndUsersWithoutTokensAndLogoutRemovesOne() {
    logIn();
    assertEquals(ExitStatus.DONE, type("other\n", "login", strangeAddress), terminal.err());
    assertEquals(ExitStatus.DONE, run("servers"), terminal.err());
    assertTrue(terminal.out().matches("(?s).*" + address + " +ada +admin\n.*"), terminal.out());
    assertEquals(List.of("Bearer other"), strange);

    assertEquals(ExitStatus.DONE, run("logout", address), terminal.err());
    assertEquals(ExitStatus.FAILED, run("logout", address));
    assertEquals(ExitStatus.FAILED, run("builds", "--server=" + address));
    assertTrue(terminal.err().contains("You are not logged in to " + address), terminal.err());
    assertEquals(ExitStatus.DONE, run("builds", "--server=" + strangeAddress), terminal.err());
  }

  @Test
  void aFileThatOthersCanReadIsNotUsed() throws Exception {
    logIn();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(ExitStatus.FAILED, run("builds", "--server=" + address));
    assertTrue(terminal.err().contains("chmod 600 " + file()), terminal.err());
    assertEquals(1, received.size());
  }

  @Test
  void aDamagedFileIsReportedAndKept() throws Exception {
    logIn();
    String damaged = Files.readString(file()).replace("}", "");
    Files.writeString(file(), damaged);
    assertEquals(ExitStatus.FAILED, run("servers"));
    assertEquals(ExitStatus.FAILED, type(TOKEN + "\n", "login", address));
    assertTrue(terminal.err().contains(file() + " is not valid JSON"), terminal.err());
    assertEquals(damaged, Files.readString(file()));
  }

  @Test
  void anAddressThatIsNoneIsReported() {
    for (String wrong :
        List.of("images.example.org", "ftp://images.example.org", "https://", "x y")) {
      assertEquals(ExitStatus.FAILED, type(TOKEN, "login", wrong));
      assertTrue(
          terminal.err().contains("\"" + wrong + "\" is not the address of an appliance"),
          terminal.err());
    }
    assertEquals(ExitStatus.FAILED, run("builds", "--server=http://ada:secret@127.0.0.1"));
    assertFalse(terminal.err().contains("secret"), terminal.err());
    assertEquals(ExitStatus.USAGE, run("login"));
    assertTrue(terminal.err().contains("Missing argument: SERVER"), terminal.err());
  }
}
