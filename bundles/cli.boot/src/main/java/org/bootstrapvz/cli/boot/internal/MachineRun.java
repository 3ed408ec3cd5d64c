/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;

/** Runs a machine, with its console on the terminal. */
final class MachineRun {
  private static final int LAST_LINES = 8;

  private final VirtualMachine machine;
  private final Terminal terminal;
  private final Style style;

  MachineRun(VirtualMachine machine, Terminal terminal) {
    this.machine = machine;
    this.terminal = terminal;
    this.style = Style.of(Style.Mode.AUTO, terminal);
  }

  /** Connects the console to the terminal until the machine ends. */
  int interact() throws BootException, IOException, InterruptedException {
    announce();
    terminal.out().flush();
    try (Guest guest = Guest.start(new ProcessBuilder(machine.command()).inheritIO())) {
      int status = guest.process().waitFor();
      if (status != 0) {
        throw new BootException(ExitStatus.FAILED, "QEMU exited with status " + status);
      }
      return ExitStatus.DONE;
    }
  }

  /**
   * Shows the console until it matches a pattern.
   *
   * @param keepRunning whether to leave the machine running then, until it ends
   * @throws BootException if the pattern does not appear
   */
  int watch(Pattern pattern, Duration timeout, boolean keepRunning)
      throws BootException, IOException, InterruptedException {
    announce();
    // Errors of QEMU are then shown with the end of the console.
    ProcessBuilder command = new ProcessBuilder(machine.command()).redirectErrorStream(true);
    long start = System.nanoTime();
    try (Guest guest = Guest.start(command)) {
      ConsoleWatch watch = new ConsoleWatch(guest.process().getInputStream(), terminal.out());
      ConsoleWatch.Outcome outcome = watch.await(pattern, timeout.toNanos());
      terminal.out().println();
      terminal.out().flush();
      String seconds = seconds(System.nanoTime() - start);
      if (outcome != ConsoleWatch.Outcome.SEEN) {
        terminal.err().println("End of the console output:");
        watch.console().lastLines(LAST_LINES).forEach(line -> terminal.err().println("  " + line));
        String without = " after " + seconds + " without \"" + pattern + "\"";
        throw new BootException(
            ExitStatus.FAILED,
            switch (outcome) {
              case ENDED -> "The machine stopped" + without;
              case EMERGENCY -> "The system entered emergency mode" + without;
              default -> "No \"" + pattern + "\" within " + timeout.toSeconds() + " s";
            });
      }
      terminal.err().println("\"" + pattern + "\" seen after " + seconds);
      if (keepRunning) {
        watch.awaitEnd();
      }
      return ExitStatus.DONE;
    }
  }

  private static String seconds(long nanos) {
    long tenths = nanos / 100_000_000;
    return tenths / 10 + "." + tenths % 10 + " s";
  }

  private void announce() {
    String port = machine.sshPort().map(number -> ", SSH on 127.0.0.1 port " + number).orElse("");
    String text =
        "Booting "
            + machine.image()
            + " ("
            + machine.format()
            + ", "
            + machine.architecture().debianName()
            + ", "
            + machine.firmware().name()
            + ", "
            + (machine.kvm() ? "KVM" : "without KVM, slow")
            + port
            + ")"
            + (machine.interactive() ? "; press Ctrl+A, then X to leave" : "");
    terminal.err().println(style.faint(text));
  }
}
