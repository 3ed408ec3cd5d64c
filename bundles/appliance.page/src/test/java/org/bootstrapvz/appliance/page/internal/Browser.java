/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.page.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.testkit.StallDetector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Chromium, driven by the W3C's WebDriver protocol. */
public final class Browser {
  static final String ENTER = "\uE007";
  static final String ESCAPE = "\uE00C";
  static final String TAB = "\uE004";
  static final String SHIFT = "\uE008";
  static final String CONTROL = "\uE009";
  static final String RIGHT = "\uE014";
  static final String DOWN = "\uE015";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

  /** After this time the browser answers that it is still waiting, and is asked again. */
  private static final int SCRIPT_MILLIS = 5_000;

  /** The page is always busy while it looks, so what counts is what it shows. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What a browser that waits for a condition uses of a CPU, with some reserve. */
  private static final double WAITING_SHARE = 0.3;

  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;
  private String shown = "";
  private long changes;

  /** Starts a browser that keeps its files in a folder. */
  public Browser(Path folder) throws IOException, InterruptedException {
    driver =
        new ProcessBuilder("chromedriver", "--port=0", "--log-level=SEVERE")
            .redirectErrorStream(true)
            .start();
    String server = "http://127.0.0.1:" + port(driver);
    List<String> flags =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--user-data-dir=" + folder);
    JsonNode answer =
        call(
            "POST",
            server + "/session",
            Map.of(
                "capabilities",
                Map.of(
                    "alwaysMatch",
                    Map.of(
                        "goog:chromeOptions", Map.of("args", flags),
                        "goog:loggingPrefs", Map.of("browser", "ALL"),
                        "timeouts", Map.of("script", SCRIPT_MILLIS)))));
    session = server + "/session/" + answer.get("sessionId").asString();
  }

  /** The driver chooses a port and says which. */
  private static String port(Process driver) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder output = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.find()) {
        return matcher.group(1);
      }
      output.append(line).append('\n');
    }
    throw new IOException("chromedriver ended: " + output);
  }

  private JsonNode call(String method, String address, Map<String, ?> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json");
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    JsonNode value;
    try {
      value =
          JSON.readTree(client.send(request.build(), BodyHandlers.ofString()).body()).get("value");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    if (value.isObject() && value.hasNonNull("error")) {
      throw new AssertionError(
          value.get("error").asString() + ": " + value.get("message").asString());
    }
    return value;
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return call("POST", session + path, body);
  }

  /** Loads an address. */
  public void open(String address) {
    post("/url", Map.of("url", address));
  }

  /** What a JavaScript expression is. */
  public JsonNode value(String expression) {
    return post("/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
  }

  /** The text of what a JavaScript expression is. */
  public String text(String expression) {
    return value(expression).asString();
  }

  /** Runs JavaScript. */
  public void run(String script) {
    post("/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** Waits until a JavaScript expression is true; looks before every frame the browser paints. */
  public void await(String condition) {
    String script =
        "const done = arguments[0]; const look = () => { let is = false;"
            + " try { is = "
            + condition
            + "; } catch (e) { is = false; }"
            + " is ? done(true) : requestAnimationFrame(look); }; look();";
    try {
      StallDetector.of(ProcessHandle.current(), () -> changes)
          .withLimit(LIMIT)
          .withIdleShare(WAITING_SHARE)
          .await(() -> "It does not come true: " + condition, time -> answers(script));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage()
              + "\nThe page shows:\n"
              + text("document.body.innerText")
              + "\n"
              + console(),
          e);
    }
  }

  /** Whether a script calls its callback in the time that the browser gives it. */
  private boolean answers(String script) {
    try {
      post("/execute/async", Map.of("script", script, "args", List.of()));
      return true;
    } catch (AssertionError e) {
      if (e.getMessage().startsWith("script timeout")) {
        String now = text("document.body.innerText");
        changes += now.equals(shown) ? 0 : 1;
        shown = now;
        return false;
      }
      throw e;
    }
  }

  /** Has downloads go into a folder. */
  public void downloads(Path folder) {
    devTools(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** Waits until some element's text holds this. */
  public void awaitText(String selector, String text) {
    await(
        "[...document.querySelectorAll("
            + quote(selector)
            + ")].some(e => (e.innerText ?? e.textContent).includes("
            + quote(text)
            + "))");
  }

  /** A text as JavaScript writes it. */
  public static String quote(String text) {
    return JSON.writeValueAsString(text);
  }

  private String element(String selector) {
    await("document.querySelector(" + quote(selector) + ")");
    return post("/element", Map.of("using", "css selector", "value", selector))
        .get(ELEMENT)
        .asString();
  }

  /** Clicks where the element is, as a mouse does. */
  public void click(String selector) {
    post("/element/" + element(selector) + "/click", Map.of());
  }

  /** Replaces what is in a field. */
  public void fill(String selector, String text) {
    String element = element(selector);
    post("/element/" + element + "/clear", Map.of());
    post("/element/" + element + "/value", Map.of("text", text));
  }

  /** Types into what has the focus. */
  void type(String... keys) {
    List<Map<String, String>> actions = new ArrayList<>();
    List<String> held = new ArrayList<>();
    for (String key : keys) {
      if (key.equals(CONTROL) || key.equals(SHIFT)) {
        actions.add(Map.of("type", "keyDown", "value", key));
        held.add(key);
      } else {
        key.codePoints()
            .mapToObj(Character::toString)
            .forEach(
                one -> {
                  actions.add(Map.of("type", "keyDown", "value", one));
                  actions.add(Map.of("type", "keyUp", "value", one));
                });
      }
    }
    held.forEach(key -> actions.add(Map.of("type", "keyUp", "value", key)));
    post(
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
  }

  /** Puts the pointer on an element. */
  void hover(String selector) {
    post(
        "/actions",
        Map.of(
            "actions",
            List.of(
                Map.of(
                    "type",
                    "pointer",
                    "id",
                    "mouse",
                    "actions",
                    List.of(
                        Map.of(
                            "type",
                            "pointerMove",
                            "x",
                            0,
                            "y",
                            0,
                            "duration",
                            0,
                            "origin",
                            Map.of(ELEMENT, element(selector))))))));
  }

  private void devTools(String command, Map<String, ?> parameters) {
    post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  /** Makes the window this large, dark or light. */
  public void look(int width, int height, boolean dark) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Writes what is seen as a PNG. */
  public void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(
        file, Base64.getDecoder().decode(call("GET", session + "/screenshot", null).asString()));
  }

  /** Everything the browser complained about since it was asked last. */
  public List<String> console() {
    List<String> lines = new ArrayList<>();
    post("/se/log", Map.of("type", "browser"))
        .forEach(
            entry ->
                lines.add(entry.get("level").asString() + " " + entry.get("message").asString()));
    return lines;
  }

  /** Forgets who is logged in. */
  void forget() {
    call("DELETE", session + "/cookie", null);
  }

  /** Ends it, and what it started. */
  public void stop() throws InterruptedException {
    try {
      call("DELETE", session, null);
    } finally {
      List<ProcessHandle> left =
          Stream.concat(driver.descendants(), Stream.of(driver.toHandle())).toList();
      left.forEach(ProcessHandle::destroy);
      driver.waitFor();
    }
  }
}
