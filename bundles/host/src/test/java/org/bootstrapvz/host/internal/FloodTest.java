/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that print more than fits into the heap, each in a JVM with a small one. */
class FloodTest {
  private static final String TOO_LONG =
      "The output of sh is longer than 8 MiB, so it is only in the log. Read it with a listener for"
          + " its lines, or write it to a file";

  private static List<String> run(String shell) throws Exception {
    Process jvm =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                FloodingCommand.class.getName(),
                shell)
            .redirectErrorStream(true)
            .start();
    List<String> printed = jvm.inputReader().lines().toList();
    assertEquals(0, jvm.waitFor(), () -> String.join("\n", printed));
    return printed;
  }

  @Test
  void shortLinesArePassedOnAndNotKept() throws Exception {
    String line = "0123456789".repeat(6) + "abc";
    List<String> printed = run("yes " + line + " | head -c 320000000");
    assertEquals(List.of("logged 5000000 315000000 longest 63", TOO_LONG), printed);
  }

  @Test
  void aLineWithoutEndIsPassedOnInPartsOfBoundedLength() throws Exception {
    List<String> printed = run("head -c 300000000 /dev/zero");
    String logged = printed.get(0);
    assertTrue(logged.matches("logged \\d+ 300000000 longest \\d+"), logged);
    assertTrue(Integer.parseInt(logged.replaceAll(".* ", "")) < 80_000, logged);
    assertEquals(TOO_LONG, printed.get(1));
  }

  @Test
  void aFailureKeepsTheBeginningOfALongLineAndSaysHowMuchIsMissing() throws Exception {
    List<String> printed = run("head -c 200000000 /dev/zero | tr '\\0' x >&2; exit 1");
    assertEquals(
        "1 lines, the last is " + "x".repeat(1000) + "\u2026 [199999000 characters cut]",
        printed.get(1));
  }

  @Test
  void outputOfSomeMebibytesIsAResult() throws Exception {
    assertEquals("100000 lines", run("seq 1 100000").get(1));
    assertEquals("1 lines", run("head -c 5000000 /dev/zero | tr '\\0' x").get(1));
  }
}
