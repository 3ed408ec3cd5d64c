/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.http.internal.security.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

class ApplianceLogTest {
  private static final Logger OURS = LoggerFactory.getLogger("org.bootstrapvz.appliance.Ours");
  private static final Logger LIBRARY = LoggerFactory.getLogger("org.example.library");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ApplianceLog log;

  @AfterEach
  void close() {
    MDC.clear();
    log.close();
  }

  private void log(LogSettings.Format format, LogSettings.Level libraries, boolean journal) {
    log = new ApplianceLog(settings(format, libraries), out, journal);
  }

  private static LogSettings settings(LogSettings.Format format, LogSettings.Level libraries) {
    return new LogSettings() {
      @Override
      public Format format() {
        return format;
      }

      @Override
      public Level level() {
        return Level.INFO;
      }

      @Override
      public Level libraries() {
        return libraries;
      }

      @Override
      public String auditMaxSize() {
        return "4MiB";
      }

      @Override
      public int auditFiles() {
        return 10;
      }

      @Override
      public Class<LogSettings> annotationType() {
        return LogSettings.class;
      }
    };
  }

  private void json() {
    log(LogSettings.Format.JSON, LogSettings.Level.WARN, false);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> onlyObject() {
    assertEquals(1, lines().size(), lines().toString());
    return new JsonMapper().readValue(lines().get(0), Map.class);
  }

  @Test
  void controlCharactersAreShownInTheTextFormat() {
    log(LogSettings.Format.TEXT, LogSettings.Level.WARN, false);
    MDC.put("task", "\033[2J");

    OURS.warn("Build {} failed", "\033]0;title\007\u202e", new IllegalStateException("\033[31m"));

    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("Build \\x1b]0;title\\x07\\u202e failed [task=\\x1b[2J]"), text);
    assertTrue(text.contains("IllegalStateException: \\x1b[31m\n"), text);
    assertFalse(text.contains("\033"), text);
  }

  @Test
  void aLineIsOneObjectWithTheBuildItsTaskAndTheException() {
    json();
    MDC.put("build", "7");
    MDC.put("task", "partitioning.MapPartitions");

    OURS.error("It {} a\n\"line\"", "broke", new IllegalStateException("why"));

    Map<String, Object> line = onlyObject();
    assertEquals(
        List.of("time", "level", "logger", "thread", "message", "build", "task", "exception"),
        List.copyOf(line.keySet()));
    assertTrue(line.get("time").toString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z"));
    assertEquals("ERROR", line.get("level"));
    assertEquals("org.bootstrapvz.appliance.Ours", line.get("logger"));
    assertEquals("It broke a\n\"line\"", line.get("message"));
    assertEquals("7", line.get("build"));
    assertTrue(
        line.get("exception").toString().startsWith("java.lang.IllegalStateException: why\n\tat "));
  }

  @Test
  void printedTextIsAnObjectToo() {
    json();

    System.err.println("something {0} happened");

    assertEquals("something {0} happened", onlyObject().get("message"));
  }

  @Test
  void theConfiguredLevelsApply() {
    json();

    OURS.debug("no");
    LIBRARY.info("no");
    OURS.info("yes");
    LIBRARY.warn("yes");

    assertEquals(2, lines().size(), lines().toString());
  }

  @Test
  void theTextIsReadable() {
    log(LogSettings.Format.TEXT, LogSettings.Level.WARN, false);
    MDC.put("build", "7");

    OURS.info("Build {} starts", 7);

    assertTrue(
        lines().get(0).matches("\\S+Z  INFO Ours: Build 7 starts \\[build=7]"), lines().toString());
  }

  @Test
  void theJournalGetsThePriorityOfEachLine() {
    log(LogSettings.Format.TEXT, LogSettings.Level.WARN, true);

    OURS.warn("careful");
    OURS.error("broken", new IllegalStateException("why"));

    assertEquals("<4>Ours: careful", lines().get(0));
    assertTrue(lines().size() > 3);
    assertTrue(lines().stream().skip(1).allMatch(line -> line.startsWith("<3>")));
  }

  @Test
  void aRecordThatAFilterRejectsIsNotLogged() {
    json();
    Filter filter = record -> !record.getMessage().contains("again");
    log.addFilter(filter);

    LIBRARY.error("Failed again");
    LIBRARY.error("Failed");
    assertEquals(1, lines().size());

    log.removeFilter(filter);
    LIBRARY.error("Failed again");
    assertEquals(2, lines().size());
  }

  @Test
  void noTokenIsEverLogged(@TempDir Path folder) throws Exception {
    log(LogSettings.Format.TEXT, LogSettings.Level.DEBUG, false);
    Tokens tokens = new Tokens(folder.resolve("tokens"));
    for (int i = 0; i < 200; i++) {
      String token = tokens.add("t" + i, Role.VIEWER);

      LIBRARY.debug("Authorization: Bearer {}", token);
      OURS.error("It broke", new IllegalStateException("session=" + token + "; Path=/"));

      assertFalse(out.toString(StandardCharsets.UTF_8).contains(token), "token " + i);
    }
    OURS.info("sha256 {}", "0123456789abcdef".repeat(4));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("0123456789abcdef".repeat(4)));
  }

  @Test
  void theFormerLoggingIsRestoredAtTheEnd() {
    System.Logger.Level before = level();
    json();
    log.close();

    OURS.error("not here");

    assertEquals(List.of(), lines());
    assertEquals(before, level());
  }

  private static System.Logger.Level level() {
    System.Logger root = System.getLogger("");
    return root.isLoggable(System.Logger.Level.DEBUG)
        ? System.Logger.Level.DEBUG
        : System.Logger.Level.INFO;
  }

  @Test
  void noRecordIsLostWhileTheSettingsChange() throws InterruptedException {
    json();
    AtomicInteger logged = new AtomicInteger();
    Thread other =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                OURS.info("record {}", logged.incrementAndGet());
              }
            });
    other.start();
    for (int i = 0; i < 500 || logged.get() < 500; i++) {
      log.configure(
          settings(LogSettings.Format.values()[i % 2], LogSettings.Level.values()[i % 4]));
    }
    other.interrupt();
    other.join();
    assertEquals(logged.get(), lines().size());
  }
}
