/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FailOnStall
class FloodedApplianceTest {
  private static final int KILOBYTES = 300_000;

  @TempDir Path folder;

  @Test
  void aBuildThatPrintsMoreThanFitsIntoTheHeapDisturbsNoOther() throws Exception {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                FloodedAppliance.class.getName(),
                folder.toString(),
                Integer.toString(KILOBYTES))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> printed = jvm.inputReader().lines().toList();
    assertEquals(0, jvm.waitFor(), () -> String.join("\n", printed));

    Path rest = folder.resolve("builds/1/" + LogOverflow.NAME);
    assertEquals("[the rest is in " + rest + ": the log has its maximum size]", printed.get(1));
    String[] kept = printed.get(0).split(" ");
    assertTrue(Long.parseLong(kept[1]) < (4 << 20) + 1000, printed.get(0));
    assertTrue(Integer.parseInt(kept[3]) < BuildRecord.MAX_EVENTS + 100, printed.get(0));
    assertTrue(Files.size(rest) > KILOBYTES * 990L - (4 << 20), "size " + Files.size(rest));
  }
}
