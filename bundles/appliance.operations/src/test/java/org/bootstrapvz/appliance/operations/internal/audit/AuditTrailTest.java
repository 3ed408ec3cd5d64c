/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.audit.AuditAction;
import org.bootstrapvz.appliance.api.audit.AuditActor;
import org.bootstrapvz.appliance.api.audit.AuditEntry;
import org.bootstrapvz.appliance.api.audit.AuditLog.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
  private static final AuditActor ADA = new AuditActor("ada", "admin", "192.0.2.1");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-01T10:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  private AuditTrail trail(Path directory) {
    return new AuditTrail(new AuditFiles(directory, 1000, 3), CLOCK);
  }

  private static void cancel(AuditTrail trail, int build) {
    trail.record(AuditAction.BUILD_CANCELLED, ADA, "build " + build, Result.OK, "");
  }

  private static List<Long> numbers(AuditTrail trail, long before, int limit) throws IOException {
    return trail.entries(OptionalLong.of(before), limit).stream().map(AuditEntry::number).toList();
  }

  private Path file() {
    return folder.resolve("audit.jsonl");
  }

  @Test
  void anEntryIsALineOfJsonThatOnlyTheOwnerCanRead() throws IOException {
    AuditTrail trail = trail(folder);
    trail.record(AuditAction.TOKEN_CREATED, ADA, "token \n\u202ex", Result.REFUSED, "role \"a\"");

    assertEquals(
        "{\"number\":1,\"time\":\"2026-05-01T10:00:00Z\",\"action\":\"token-created\",\"by\":\"ada\","
            + "\"role\":\"admin\",\"from\":\"192.0.2.1\",\"object\":\"token \\n\u202ex\","
            + "\"result\":\"refused\",\"detail\":\"role \\\"a\\\"\"}\n",
        Files.readString(file()));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertEquals("token \n\u202ex", trail.entries(OptionalLong.empty(), 1).get(0).object());
  }

  @Test
  void filesAreRotatedBySizeAndTheOldestDeleted() throws IOException {
    AuditTrail trail = trail(folder);
    for (int i = 1; i <= 100; i++) {
      cancel(trail, i);
    }

    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      assertEquals(
          List.of("audit.1.jsonl", "audit.2.jsonl", "audit.3.jsonl", "audit.jsonl"),
          all.stream().map(path -> path.getFileName().toString()).toList());
      for (Path each : all) {
        assertTrue(Files.size(each) <= 1000, each.toString());
      }
    }
    assertEquals(List.of(100L, 99L, 98L), numbers(trail, 1000, 3));
    assertEquals(List.of(89L, 88L), numbers(trail, 90, 2), "also from older files");
    List<Long> all = numbers(trail, 1000, 1000);
    assertEquals(100, all.get(0));
    for (int i = 1; i < all.size(); i++) {
      assertEquals(all.get(i - 1) - 1, all.get(i));
    }
  }

  @Test
  void numbersContinueAfterARestartAndATornLineHidesNoOther() throws IOException {
    AuditTrail first = trail(folder);
    cancel(first, 1);
    cancel(first, 2);
    first.close();
    Files.writeString(
        file(), "{\"number\":3,\"ti", StandardCharsets.UTF_8, StandardOpenOption.APPEND);

    AuditTrail second = trail(folder);
    cancel(second, 3);

    assertEquals(List.of(3L, 2L, 1L), numbers(second, 1000, 10));
    assertTrue(Files.readString(file()).contains("\"ti\n{"), Files.readString(file()));
  }

  @Test
  void entriesWaitInMemoryWhileTheyCannotBeWritten() throws IOException {
    Path missing = folder.resolve("state");
    AuditTrail trail = trail(missing);
    for (int i = 1; i <= AuditTrail.MAX_WAITING + 7; i++) {
      cancel(trail, i);
    }
    String trouble = trail.trouble().orElse("");
    assertTrue(
        trouble.endsWith("; 1000 entries wait in memory, 7 are only in the log of the service"),
        trouble);
    Files.createDirectory(missing);

    assertEquals(Optional.empty(), trail.trouble());

    List<String> objects = new ArrayList<>();
    for (AuditEntry entry : trail.entries(OptionalLong.empty(), 2)) {
      objects.add(
          entry.number() + " " + entry.action() + " " + entry.object() + " " + entry.detail());
    }
    assertEquals(
        List.of(
            "1008 entries-lost audit log 7 entries are only in the log of the service",
            "1000 build-cancelled build 1000 "),
        objects);
    cancel(trail, 5);
    assertEquals(List.of(1009L), numbers(trail, 2000, 1));
    assertFalse(trail.trouble().isPresent());
  }
}
