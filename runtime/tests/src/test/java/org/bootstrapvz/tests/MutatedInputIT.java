/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Random changes of manifests and of requests, sent to the appliance over HTTP. Each answer is a
 * problem or has a type of the API, and the log has no exception. {@code runtime/test-attacks}
 * sends more of them. {@code -Dbootstrapvz.mutations=20000} is the number of each, {@code
 * -Dbootstrapvz.seed=N} repeats those of an earlier run.
 */
@RunWith(PaxExam.class)
public class MutatedInputIT {
  private static final Path CONF = Platform.WORK.resolve("mutated-conf");
  private static final Path FAULTS = Platform.WORK.resolve("mutated-faults");
  private static final int COUNT = Integer.getInteger("bootstrapvz.mutations");
  private static final long SEED = Long.getLong("bootstrapvz.seed", 1);
  private static final int MAX_FAULTS = 20;

  private static final Pattern TRACE =
      Pattern.compile("[A-Z]\\w*(Exception|Error)\\b|\\n\\s+at \\S+\\(");
  private static final Pattern TYPES =
      Pattern.compile(
          "application/(json|yaml|octet-stream)|text/(plain|event-stream|html|css|javascript)"
              + "|image/(svg\\+xml|png)",
          Pattern.CASE_INSENSITIVE);

  /** The server itself answers with these if a request asks for what it does not support. */
  private static final List<Integer> UNSUPPORTED = List.of(501, 505);

  private static final List<String> YAML_WORDS =
      List.of(
          "",
          "~",
          "null",
          "true",
          "no",
          "[]",
          "{}",
          "[[]]",
          "[{}, [a]]",
          "{a: {b: c}}",
          "-1",
          "0",
          "1.5",
          "1e999",
          ".nan",
          ".inf",
          "0x7fffffffffffffff",
          "9".repeat(40),
          "1GiB",
          "0B",
          "-1MiB",
          "8EiB",
          "99999999999TiB",
          "512B",
          "2026-01-01",
          "12:30:45",
          "!!binary aGk=",
          "!!java.lang.Thread [x]",
          "!!set {a}",
          "!!float x",
          "&a [*a]",
          "*a",
          "<<: *a",
          "<<: [1]",
          "|",
          ">-",
          "? ",
          "? [a]\n: b",
          "%YAML 9.9\n",
          "---\n",
          "...\n",
          "\t",
          "\r",
          ": ",
          "- ",
          "#",
          "{system.release}",
          "{system.{release}}",
          "{provider.name",
          "{name}",
          "{0}",
          "{}",
          "{tags[0]}",
          "{name.a}",
          "..",
          "/",
          "//",
          "../../../../etc/passwd",
          "/dev/zero",
          "/dev/stdin",
          "/dev/tty",
          "/proc/self/mem",
          "/proc/self/environ",
          "/proc/kmsg",
          "file:///etc/passwd",
          "http://[::1",
          "http://mirror.example.org:99999/",
          "http://ann:secret@mirror.example.org/",
          "deb http://mirror.example.org/ x main",
          "deb [trusted=yes,arch=] cdrom: x",
          "'",
          "\"",
          "\\",
          "\0",
          "\u001b[31m",
          "\u0085",
          "\u2028",
          "\u202e",
          "\ufeff",
          "\ufffe",
          "\u00e9",
          "\ud83d\ude00",
          "a".repeat(300),
          "%s%n%d",
          "${jndi:x}",
          "(?:a+)+b",
          "$1",
          "root",
          "boot",
          "swap",
          "/var",
          "msdos",
          "gpt",
          "none",
          "ext4",
          "btrfs",
          "xfs",
          "fat32",
          "raw",
          "qcow2",
          "vmdk",
          "vdi",
          "vhd",
          "folder",
          "lvm",
          "docker",
          "kvm",
          "ec2",
          "virtualbox",
          "grub",
          "extlinux",
          "systemd-boot",
          "uki",
          "bios",
          "uefi",
          "hybrid",
          "arm64",
          "riscv64",
          "i386",
          "sid",
          "bullseye",
          "stable",
          "vagrant",
          "cloud_init",
          "admin_user",
          "plugins: {}",
          "plugins: [a]",
          "tags: {a: b}");

  private static final List<String> HTTP_WORDS =
      List.of(
          "",
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "PRI",
          "get",
          "HTTP/1.0",
          "HTTP/0.9",
          "HTTP/2.0",
          "HTTP/9.9",
          "Content-Length: 5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Content-Length: 2000000\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip\r\n",
          "Expect: 100-continue\r\n",
          "Expect: x\r\n",
          "Range: bytes=0-\r\n",
          "Range: bytes=5-1,-0,x\r\n",
          "Accept: text/event-stream\r\n",
          "Last-Event-ID: x\r\n",
          "Last-Event-ID: -5\r\n",
          "Host: other.example.org\r\n",
          "Host: [\r\n",
          "Host:\r\n",
          "Origin: null\r\n",
          "Origin: http://other.example.org\r\n",
          "Cookie: a=b; =; ;\r\n",
          "Authorization: Basic x\r\n",
          "Authorization: Bearer \u00e9\r\n",
          "Authorization: Bearer x\r\n",
          "Upgrade: h2c\r\n",
          "Connection: Upgrade\r\n",
          "Connection: close\r\n",
          "X-Forwarded-Host: a\r\n",
          "X-Forwarded-Proto: x\r\n",
          "Forwarded: for=x\r\n",
          "Content-Type: text/plain\r\n",
          "Content-Type: x\r\n",
          "Content-Type: application/json; charset=x\r\n",
          "Content-Encoding: gzip\r\n",
          "Sec-Fetch-Site: cross-site\r\n",
          "If-None-Match: *\r\n",
          " folded\r\n",
          ": x\r\n",
          "a b: c\r\n",
          "/../",
          "/./",
          "/..;/",
          "/%2e%2e/",
          "%2f",
          "%5c",
          "\\",
          "%00",
          "%",
          "%zz",
          "%ff",
          "%c0%af",
          "%ed%a0%80",
          "%e2%80%ae",
          ";a=b",
          "//",
          "?",
          "??",
          "&&&=",
          "=",
          "#",
          "?limit=-1",
          "?limit=0",
          "?limit=999999999999999999999",
          "&limit=5",
          "?before=x",
          "?before=-9223372036854775809",
          "?state=%00",
          "?state=queued,,running",
          "?offset=-1",
          "?name=" + "a".repeat(1100),
          "?priority=99999999999",
          "*",
          "http://x/health",
          "\r\n",
          "\n",
          "\r",
          "\r\n\r\n",
          "\0",
          "\u007f",
          "\u001b",
          "\u00e9",
          "\t",
          "[",
          "]",
          "{",
          "}",
          "[".repeat(200),
          "{\"a\":".repeat(100),
          "null",
          "-1",
          "1e400",
          "9".repeat(200),
          "\"",
          "\\u0000",
          "\\ud800",
          "true",
          "99999999999999999999",
          "-5",
          "0",
          "b".repeat(9000));

  @Inject private BundleContext context;
  private Platform platform;
  private URI server;
  private String token;
  private final List<String> faults = new ArrayList<>();
  private final List<LogRecord> logged = Collections.synchronizedList(new ArrayList<>());
  private final Logger root = Logger.getLogger("");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          boolean bad =
              entry.getThrown() != null || entry.getLevel().intValue() >= Level.SEVERE.intValue();
          if (bad && isLoggable(entry)) {
            logged.add(entry);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @Configuration
  public Option[] configuration() {
    return Platform.appliance(CONF);
  }

  @Before
  public void startAppliance() throws Exception {
    Files.createDirectories(CONF);
    Files.createDirectories(FAULTS);
    Files.writeString(CONF.resolve("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    Platform.clean(ApplianceClient.STATE);
    platform = Platform.start(context);
    // A changed manifest may be valid, and must not be built.
    context.registerService(
        Builder.class,
        new NoBuilder(),
        new Hashtable<>(Map.of(Builder.WORKER, true, Constants.SERVICE_RANKING, 1)));
    platform.startAppliance();
    // What the log of the appliance drops does not count.
    Stream.of(root.getHandlers())
        .map(Handler::getFilter)
        .filter(Objects::nonNull)
        .forEach(handler::setFilter);
    ApplianceClient client = new ApplianceClient();
    server = client.address();
    token = client.token();
    root.addHandler(handler);
  }

  @After
  public void stopAppliance() throws Exception {
    root.removeHandler(handler);
    platform.stopAppliance();
  }

  private static List<String> manifests() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : PlansIT.manifests()) {
      texts.add(Files.readString(file));
    }
    return texts;
  }

  /** A request of the admin. */
  private String request(String line, String headers, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return line
        + " HTTP/1.1\r\nHost: "
        + server.getAuthority()
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\n"
        + headers
        + (body.isEmpty() ? "" : "Content-Length: " + length + "\r\n")
        + "\r\n"
        + body;
  }

  private String manifest(String line, String text) {
    return request(line, "Content-Type: application/yaml\r\nConnection: close\r\n", text);
  }

  private String json(String line, String text) {
    return request(line, "Content-Type: application/json\r\n", text);
  }

  private String get(String path) {
    return request("GET " + path, "", "");
  }

  private List<String> requests() throws IOException {
    String valid = manifests().get(0);
    String submission = manifest("POST /api/v1/builds?name=a.yml&priority=5", valid);
    // So that there is a build that failed, and one that was rejected.
    assertEquals(List.of(201), statuses(submission));
    assertEquals(List.of(422), statuses(manifest("POST /api/v1/builds", "a: b")));
    String build = "/api/v1/builds/1";
    return List.of(
        submission,
        manifest("POST /api/v1/validate", valid),
        manifest("POST /api/v1/plan", valid),
        get("/"),
        get("/health"),
        get("/metrics"),
        get("/api/v1/builds?state=queued,rejected&before=9&limit=2"),
        get(build),
        get("/api/v1/builds/2"),
        get(build + "/manifest"),
        get(build + "/plan"),
        get(build + "/events?limit=3&after=1"),
        get(build + "/log?offset=0&limit=9"),
        request("GET " + build + "/log", "Accept: text/event-stream\r\nLast-Event-ID: 3\r\n", ""),
        request("GET /api/v1/builds/2/events", "Accept: text/event-stream\r\n", ""),
        get(build + "/artefacts"),
        get(build + "/artefacts/a.raw"),
        json("POST " + build + "/priority", "{\"priority\": 3}"),
        request("POST /api/v1/builds/2/cancel", "Content-Length: 0\r\n", ""),
        request("POST /api/v1/builds/2/retry", "Content-Length: 0\r\n", ""),
        get("/api/v1/plugins"),
        get("/api/v1/status"),
        get("/api/v1/version"),
        get("/api/v1/openapi.json"),
        get("/api/v1/session"),
        get("/api/v1/tokens"),
        json("POST /api/v1/tokens", "{\"name\": \"bob\", \"role\": \"viewer\"}"),
        request("DELETE /api/v1/tokens/bob", "", ""),
        json("POST /api/v1/session", "{\"token\": \"" + token + "\"}"),
        json("POST /api/v1/drawing", "{\"tasks\": [], \"edges\": []}"));
  }

  private List<Integer> statuses(String request) throws IOException {
    return RawAnswer.send(server, request.getBytes(StandardCharsets.UTF_8)).stream()
        .map(RawAnswer::status)
        .toList();
  }

  @Test
  public void aChangedManifestIsAnsweredWithItsProblems() throws Exception {
    Mutations mutations = new Mutations(SEED, manifests(), YAML_WORDS);
    List<String> paths =
        List.of("POST /api/v1/validate", "POST /api/v1/plan", "POST /api/v1/builds");
    attack(
        "manifest",
        number -> {
          String text = mutations.text(number);
          // Most are not submitted, since the history would become long.
          return manifest(paths.get(number % 50 == 0 ? 2 : number % 2), text);
        });
  }

  @Test
  public void aChangedRequestIsAnsweredWithAProblem() throws Exception {
    Mutations mutations = new Mutations(SEED, requests(), HTTP_WORDS);
    attack("request", mutations::text);
  }

  /** Fails each build. */
  private static final class NoBuilder implements Builder {
    @Override
    public BuildResult build(BuildRequest request, BuildListener listener) {
      return new BuildResult(
          BuildResult.Status.FAILED,
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.of("This is a test of the API"),
          List.of(),
          Map.of(),
          Duration.ZERO);
    }

    @Override
    public void recover(Consumer<String> messages) {}
  }

  /** Makes the text of a number. */
  private interface Attack {
    String text(int number);
  }

  private void attack(String what, Attack attack) throws IOException {
    long begin = System.nanoTime();
    long worst = 0;
    int slowest = 0;
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int number = 0; number < COUNT && faults.size() < MAX_FAULTS; number++) {
      byte[] bytes = attack.text(number).getBytes(StandardCharsets.UTF_8);
      long start = System.nanoTime();
      String found = "";
      try {
        List<RawAnswer> answers = RawAnswer.send(server, bytes);
        answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
        found = answers.stream().map(MutatedInputIT::fault).collect(Collectors.joining());
      } catch (IOException e) {
        found = e.toString();
      }
      long time = System.nanoTime() - start;
      if (time > worst) {
        worst = time;
        slowest = number;
      }
      found += logged.stream().map(MutatedInputIT::text).collect(Collectors.joining());
      logged.clear();
      if (!found.isEmpty()) {
        Path file = FAULTS.resolve(what + "-" + number);
        Files.write(file, bytes);
        faults.add(file + ": " + found);
      }
    }
    System.out.printf(
        "mutations: %d of a %s with seed %d in %d s, slowest is number %d with %d ms, statuses %s%n",
        COUNT,
        what,
        SEED,
        (System.nanoTime() - begin) / 1_000_000_000,
        slowest,
        worst / 1_000_000,
        statuses);
    assertEquals("with seed " + SEED, "", String.join("\n", faults));
  }

  /** What is wrong with an answer; empty if nothing is. */
  private static String fault(RawAnswer answer) {
    String type = answer.header("Content-Type").replaceFirst(";.*", "");
    boolean problem = type.equals("application/problem+json");
    boolean right =
        answer.status() < 300
            ? answer.status() == 204 || TYPES.matcher(type).matches()
            : problem && answer.body().isEmpty()
                || problem && answer.body().contains("\"status\":" + answer.status());
    boolean secure = answer.header("X-Content-Type-Options").equals("nosniff");
    boolean page = type.equals("text/html");
    boolean failed = answer.status() >= 500 && !UNSUPPORTED.contains(answer.status());
    boolean trace = !page && TRACE.matcher(answer.body()).find();
    return right && secure && !failed && !trace ? "" : "\n" + answer;
  }

  private static String text(LogRecord entry) {
    String trace =
        entry.getThrown() == null
            ? ""
            : entry.getThrown()
                + Stream.of(entry.getThrown().getStackTrace())
                    .limit(12)
                    .map(frame -> "\n    " + frame)
                    .collect(Collectors.joining());
    return "\nlogged by " + entry.getLoggerName() + ": " + entry.getMessage() + " " + trace;
  }
}
