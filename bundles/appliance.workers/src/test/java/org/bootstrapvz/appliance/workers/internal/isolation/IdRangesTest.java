/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdRangesTest {
  private static final Optional<IdRanges.Ids> TWO = IdRanges.parse("3000000000-3000131071");

  @TempDir Path folder;
  private Path locks;
  private IdRanges ranges;

  @BeforeEach
  void prepare() {
    locks = folder.resolve("locks");
    ranges = new IdRanges(locks, folder);
  }

  @Test
  void buildsAtTheSameTimeGetDifferentRangesAndThenThereIsNone() throws IOException {
    try (IdRange one = ranges.claim(TWO);
        IdRange other = ranges.claim(TWO)) {
      assertEquals("3000000000-3000065535", one.toString());
      assertEquals("3000065536-3000131071", other.toString());
      String message = assertThrows(IOException.class, () -> ranges.claim(TWO)).getMessage();
      assertTrue(message.contains("3000000000-3000131071 are in use"), message);
    }
    try (IdRange again = ranges.claim(TWO)) {
      assertEquals("3000000000-3000065535", again.toString());
    }
  }

  @Test
  void theIdsReservedInBothFilesAreTheDefault() throws IOException {
    Files.writeString(folder.resolve("subuid"), "joe:100000:65536\nbootstrap-vz:700000:131072\n");
    Files.writeString(folder.resolve("subgid"), "bootstrap-vz:700000:131072\n");
    try (IdRange range = ranges.claim(Optional.empty())) {
      assertEquals("700000-765535", range.toString());
    }
  }

  @Test
  void withoutAReservationTheDefaultIsFarFromUsers() throws IOException {
    Files.writeString(folder.resolve("subuid"), "bootstrap-vz:700000:131072\n");
    try (IdRange range = ranges.claim(Optional.empty())) {
      assertEquals("1879048192-1879113727", range.toString());
    }
  }

  @Test
  void whatIsNotARangeOfOneBuildIsRefused() {
    for (String text :
        new String[] {"0-70000", "70000", "70000-70001", "70000-4294967295", "a-b"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> IdRanges.parse(text)).getMessage();
      assertTrue(message.startsWith("\"" + text + "\" is not a range"), message);
    }
  }
}
