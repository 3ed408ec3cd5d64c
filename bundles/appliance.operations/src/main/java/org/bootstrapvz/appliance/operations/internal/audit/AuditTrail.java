/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditEntry;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.operations.internal.log.LogSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit log: JSON lines in the state directory, and the same facts in the log of the service.
 * What cannot be written to the disk waits in memory.
 */
@Component(
    service = {AuditLog.class, AuditTrail.class},
    configurationPid = LogSettings.PID)
public final class AuditTrail implements AuditLog {
  /** Maximum number of entries that wait for the disk. */
  static final int MAX_WAITING = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Of these there are few, and each must survive a power cut when it is answered. */
  private static final Set<AuditAction> DURABLE =
      EnumSet.of(
          AuditAction.TOKEN_CREATED,
          AuditAction.TOKEN_REVOKED,
          AuditAction.PLUGIN_DEPLOYED,
          AuditAction.PLUGIN_REMOVED,
          AuditAction.CONFIGURATION_CHANGED,
          AuditAction.ENTRIES_LOST);

  private static final AuditActor APPLIANCE = new AuditActor("", "", "appliance");

  private record Waiting(String line, boolean durable) {}

  private final Clock clock;

  /** Guarded by this, as all below. */
  private final AuditFiles files;

  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** The number of the newest entry; unknown until the files could be read. */
  private OptionalLong last = OptionalLong.empty();

  private long lost;
  private Optional<String> problem = Optional.empty();

  /** Called by the container. */
  @Activate
  public AuditTrail(LogSettings settings, @Reference StateDirectory state) {
    this(
        new AuditFiles(
            state.path(), Bytes.parse(settings.auditMaxSize()).count(), settings.auditFiles()),
        Clock.systemUTC());
  }

  AuditTrail(AuditFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  /** Applies changed settings. */
  @Modified
  synchronized void configure(LogSettings settings) {
    files.limit(Bytes.parse(settings.auditMaxSize()).count(), settings.auditFiles());
  }

  @Override
  public void record(
      AuditAction action, AuditActor by, String object, Result result, String detail) {
    Optional<String> before;
    Optional<String> after;
    synchronized (this) {
      before = problem;
      if (waiting.size() < MAX_WAITING) {
        waiting.add(waiting(action, by, object, result, detail));
      } else {
        last = OptionalLong.of(last.orElse(0) + 1);
        lost++;
      }
      write();
      after = problem;
    }
    LOG.info(
        "Audit: {} {}: {}; by {}{} from {}{}",
        action,
        object,
        word(result),
        by.name().isEmpty() ? "unknown" : by.name(),
        by.role().isEmpty() ? "" : " (" + by.role() + ")",
        by.from(),
        detail.isEmpty() ? "" : "; " + detail);
    report(before, after);
  }

  private static void report(Optional<String> before, Optional<String> after) {
    if (after.isPresent() && before.isEmpty()) {
      LOG.error(
          "The audit log cannot be written: {}. Up to {} entries wait in memory, and this log has"
              + " all of them",
          after.get(),
          MAX_WAITING);
    } else if (before.isPresent() && after.isEmpty()) {
      LOG.info("The audit log is written again");
    }
  }

  private static String word(Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  private Waiting waiting(
      AuditAction action, AuditActor by, String object, Result result, String detail) {
    if (last.isEmpty()) {
      try {
        last = OptionalLong.of(files.lastNumber());
      } catch (IOException e) {
        problem = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    last = OptionalLong.of(last.orElse(0) + 1);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("number", last.getAsLong());
    line.put("time", clock.instant().toString());
    line.put("action", action.toString());
    line.put("by", by.name());
    line.put("role", by.role());
    line.put("from", by.from());
    line.put("object", object);
    line.put("result", word(result));
    line.put("detail", detail);
    return new Waiting(MAPPER.writeValueAsString(line), DURABLE.contains(action));
  }

  /** Writes what waits, as far as possible. */
  private void write() {
    try {
      while (!waiting.isEmpty()) {
        files.append(waiting.element().line(), waiting.element().durable());
        waiting.remove();
        if (waiting.isEmpty() && lost > 0) {
          String sentence = lost + " entries are only in the log of the service";
          waiting.add(
              waiting(AuditAction.ENTRIES_LOST, APPLIANCE, "audit log", Result.FAILED, sentence));
          lost = 0;
        }
      }
      problem = Optional.empty();
    } catch (IOException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Tries again to write what waits; returns why that is not possible, if it is not. */
  Optional<String> trouble() {
    Optional<String> before;
    Optional<String> after;
    Optional<String> sentence;
    synchronized (this) {
      before = problem;
      write();
      after = problem;
      sentence =
          after.map(
              reason ->
                  "The audit log cannot be written: "
                      + reason
                      + "; "
                      + waiting.size()
                      + " entries wait in memory"
                      + (lost == 0 ? "" : ", " + lost + " are only in the log of the service"));
    }
    report(before, after);
    return sentence;
  }

  @Override
  public synchronized List<AuditEntry> entries(OptionalLong before, int limit) throws IOException {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("The limit is not between 1 and " + MAX_PAGE);
    }
    List<AuditEntry> entries = new ArrayList<>();
    for (String line : files.lines(before.orElse(Long.MAX_VALUE), limit)) {
      try {
        entries.add(entry(MAPPER.readTree(line)));
      } catch (JacksonException | DateTimeException e) {
        LOG.debug("A damaged line of the audit log is left out", e);
      }
    }
    return entries;
  }

  private static AuditEntry entry(JsonNode line) {
    return new AuditEntry(
        line.path("number").asLong(),
        Instant.parse(text(line, "time")),
        text(line, "action"),
        text(line, "by"),
        text(line, "role"),
        text(line, "from"),
        text(line, "object"),
        text(line, "result"),
        text(line, "detail"));
  }

  private static String text(JsonNode line, String member) {
    return line.path(member).asString("");
  }

  /** Writes what waits and closes the file. */
  @Deactivate
  synchronized void close() throws IOException {
    write();
    files.close();
  }
}
