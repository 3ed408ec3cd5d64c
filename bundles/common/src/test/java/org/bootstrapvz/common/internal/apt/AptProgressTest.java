/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AptProgressTest {
  private final List<String> seen = new ArrayList<>();
  private final AptProgress progress =
      new AptProgress((fraction, detail) -> seen.add(fraction + " " + detail));

  @Test
  void takesTheFirstHalfForDownloadsAndTheSecondForInstallation() {
    assertTrue(progress.test("dlstatus:3:41.5:Retrieving file 3 of 7 (2s remaining)"));
    assertTrue(progress.test("pmstatus:zstd:80.0:Unpacking zstd (amd64)"));
    assertTrue(progress.test("pmstatus:libc6:amd64:50:Configuring libc6:amd64"));
    assertEquals(
        List.of(
            "0.2075 Retrieving file 3 of 7 (2s remaining)",
            "0.9 Unpacking zstd (amd64)",
            "0.75 Configuring libc6:amd64"),
        seen);
  }

  @Test
  void leavesEveryOtherLineToTheLog() {
    assertFalse(progress.test("Setting up zstd (1.5.4) ..."));
    assertFalse(progress.test("dlstatus:broken"));
    assertEquals(List.of(), seen);
  }
}
