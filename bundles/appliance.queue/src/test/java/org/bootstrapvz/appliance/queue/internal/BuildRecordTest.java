/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.queue.internal.store.Batch;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a build is kept in memory and stored, whatever it prints. */
@FailOnStall
class BuildRecordTest {
  private static final long PLENTY = Long.MAX_VALUE;

  @TempDir Path folder;
  private final AtomicBoolean reachable = new AtomicBoolean(true);
  private final StringBuilder stored = new StringBuilder();
  private final List<RecordedEvent> events = new ArrayList<>();

  private BuildRecord record(long maxLog, long freeBytes) {
    return new BuildRecord(
        7,
        new QueueStore.Begun("", 1, 1, 0, 0),
        maxLog,
        reachable::get,
        new LogOverflow(folder, () -> freeBytes));
  }

  /** Does what the writer does; returns whether there was anything to store. */
  private boolean store(BuildRecord record) {
    record.publish();
    Batch batch = record.batch().orElse(null);
    if (batch == null) {
      return false;
    }
    long size =
        batch.log().length() + batch.events().stream().mapToInt(e -> e.data().length()).sum();
    assertTrue(size < BuildRecord.MAX_WAITING_TEXT + 2 * BuildRecord.MAX_LINE, "batch of " + size);
    stored.append(batch.log());
    events.addAll(batch.events());
    record.saved(batch);
    return true;
  }

  private void storeWhile(BuildRecord record, Runnable build) throws Exception {
    FutureTask<Void> running = new FutureTask<>(build, null);
    Thread thread = new Thread(running, "build");
    thread.start();
    while (!running.isDone()) {
      if (!store(record)) {
        Thread.onSpinWait();
      }
    }
    running.get();
    store(record);
    record.close();
  }

  @Test
  void aBuildWaitsForTheDatabaseAndThenWritesToAFile() throws Exception {
    BuildRecord record = record(8 << 20, PLENTY);
    String line = "0123456789".repeat(10);

    storeWhile(
        record,
        () -> {
          for (int i = 0; i < 300_000; i++) {
            record.log(line);
          }
        });

    Path rest = folder.resolve(LogOverflow.NAME);
    String note = "[the rest is in " + rest + ": the log has its maximum size]\n";
    assertTrue(stored.toString().endsWith(line + "\n" + note));
    long lines = (stored.length() - note.length()) / 101 + Files.size(rest) / 101;
    assertEquals(300_000, lines);
  }

  @Test
  void aLineThatIsTooLongForTheDatabaseIsWholeInTheFile() throws Exception {
    BuildRecord record = record(64 << 20, PLENTY);
    String line = "x".repeat(3_000_000);

    record.log(line);
    record.log("next");
    store(record);
    record.close();

    Path rest = folder.resolve(LogOverflow.NAME);
    int cut = 3_000_000 - BuildRecord.MAX_LINE;
    assertEquals(
        "x".repeat(BuildRecord.MAX_LINE)
            + "\u2026 ["
            + cut
            + " characters cut; the whole line is in "
            + rest
            + "]\nnext\n",
        stored.toString());
    assertEquals(line + "\n", Files.readString(rest));
  }

  @Test
  void whatTheDatabaseMissesWhileItCannotBeReachedIsInTheFile() throws Exception {
    BuildRecord record = record(64 << 20, PLENTY);
    reachable.set(false);
    String line = "x".repeat(999);
    for (int i = 0; i < 3000; i++) {
      record.log(line);
    }

    store(record);
    reachable.set(true);
    record.log("back");
    store(record);
    record.close();

    Path rest = folder.resolve(LogOverflow.NAME);
    long inFile = Files.readAllLines(rest).size();
    assertTrue(inFile > 800, "lines " + inFile);
    assertEquals(
        line.concat("\n").repeat((int) (3000 - inFile))
            + "["
            + inFile
            + " lines are in "
            + rest
            + ": the database could not be reached]\nback\n",
        stored.toString());
  }

  @Test
  void aFullDiskEndsTheFileAndTheLogSaysSo() throws Exception {
    BuildRecord record = record(1000, LogOverflow.MIN_FREE_BYTES - 1);
    for (int i = 0; i < 100; i++) {
      record.log("x".repeat(99));
    }
    store(record);

    String last = stored.toString().lines().reduce("", (first, second) -> second);
    assertEquals("[the rest is missing: less than 256 MiB are free in " + folder + "]", last);
    assertTrue(stored.length() < 2000, "length " + stored.length());
  }

  @Test
  void warningsBeyondANumberAreOnlyInTheLogAndTheEndIsAnEventAllTheSame() throws Exception {
    BuildRecord record = record(64 << 20, PLENTY);

    storeWhile(
        record,
        () -> {
          for (int i = 0; i < 2 * BuildRecord.MAX_EVENTS; i++) {
            record.add("warning", Map.of("message", "warning " + i));
          }
          record.add("finished", Map.of("state", "FAILED"));
        });

    assertEquals(BuildRecord.MAX_EVENTS + 1, events.size());
    assertEquals(
        "{\"message\":\"Further warnings are only in the log of the build\"}",
        events.get(events.size() - 2).data());
    assertEquals("finished", events.get(events.size() - 1).type());
  }

  @Test
  void longWarningsAreCutAndWaitForTheDatabaseLikeTheLog() throws Exception {
    BuildRecord record = record(64 << 20, PLENTY);

    storeWhile(
        record,
        () -> {
          for (int i = 0; i < 2000; i++) {
            record.add("warning", Map.of("message", "y".repeat(100_000)));
          }
        });

    assertEquals(2000, events.size());
    String data = events.get(0).data();
    assertTrue(data.endsWith("y\u2026 [95904 characters cut]\"}"), data.substring(4000));
  }
}
