/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.plan.PlannedTask;

/** Describes the end of a worker process that reported no result. */
final class Ending {
  /** The first line of what the Java runtime prints then; its exit status says nothing. */
  private static final String CRASH = "A fatal error has been detected by the Java Runtime";

  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final Map<Integer, String> SIGNALS =
      Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV");

  private Ending() {}

  /**
   * A sentence, and the last lines that the process printed.
   *
   * @param excess says which limit of its resources it exceeded
   */
  static String of(int status, Optional<String> excess, Relay relay, boolean cancelled) {
    StringBuilder text = new StringBuilder();
    List<String> lines = relay.lastLines();
    if (cancelled) {
      text.append("Cancelled. The process of the build did not end by itself and was killed");
    } else if (excess.isPresent()) {
      text.append(excess.get());
    } else if (relay.offence().isPresent()) {
      text.append("The process of the build wrote an invalid event: ")
          .append(relay.offence().get());
    } else if (lines.stream().anyMatch(line -> line.contains("java.lang.OutOfMemoryError"))) {
      text.append("The process of the build ran out of memory");
    } else if (lines.stream().anyMatch(line -> line.contains(CRASH))) {
      text.append("The process of the build crashed in native code");
    } else if (status > SIGNALLED) {
      int signal = status - SIGNALLED;
      text.append("The process of the build was ended by the signal ")
          .append(SIGNALS.getOrDefault(signal, Integer.toString(signal)));
      if (signal == SIGKILL) {
        text.append(". The kernel sends it when the machine has no memory left");
      }
    } else {
      text.append("The process of the build ended with status ")
          .append(status)
          .append(" before the build had ended: code of a plugin may have ended it");
    }
    relay.task().ifPresent(task -> text.append(". It was running ").append(described(task)));
    if (!lines.isEmpty()) {
      text.append("\n").append(String.join("\n", lines));
    }
    return text.toString();
  }

  private static String described(PlannedTask task) {
    return "the task " + task.name() + " of the bundle " + task.bundle() + " " + task.version();
  }
}
