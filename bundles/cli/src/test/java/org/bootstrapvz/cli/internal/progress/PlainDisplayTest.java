/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.TestTerminal;
import org.junit.jupiter.api.Test;

class PlainDisplayTest {
  private final TestTerminal terminal = new TestTerminal();
  private final AtomicLong nanos = new AtomicLong();

  private PlainDisplay display(boolean debug) {
    return new PlainDisplay(terminal.plain().err(), new Style(false), debug, nanos::get);
  }

  private void after(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void printsALineForEachTask() {
    PlainDisplay display = display(false);
    display.on(Events.planned());
    display.on(new BuildEvent.InstallingHostPackages(new TreeSet<>(List.of("qemu-utils"))));
    display.on(new BuildEvent.PhaseStarted(Phase.PACKAGE_INSTALLATION));
    after(3);
    display.on(new BuildEvent.TaskStarted(Events.UPDATE));
    display.on(new BuildEvent.Log("apt-get update"));
    display.on(new BuildEvent.TaskFinished(Events.UPDATE, Duration.ofSeconds(9)));
    after(90);
    display.on(new BuildEvent.TaskStarted(Events.INSTALL));

    assertEquals(
        """
        Installing host packages: qemu-utils
        Package installation
        [   3.0 s] Fetching the package lists
        [1 min 33 s] Installing the chosen packages
        """,
        terminal.err());
  }

  @Test
  void printsProgressNowAndThen() {
    PlainDisplay display = display(false);
    display.on(new BuildEvent.TaskStarted(Events.UPDATE));
    for (int percent = 0; percent <= 100; percent += 10) {
      display.on(new BuildEvent.TaskProgress(Events.UPDATE, percent / 100.0, "downloading"));
      after(4);
    }

    assertEquals(
        """
        [   0.0 s] Fetching the package lists
        [  12.0 s] Fetching the package lists: 30 % downloading
        [  24.0 s] Fetching the package lists: 60 % downloading
        [  36.0 s] Fetching the package lists: 90 % downloading
        """,
        terminal.err());
  }

  @Test
  void showsTheLogOnRequestWithoutCursorMovements() {
    display(true).on(new BuildEvent.Log("50 %\r100 %"));

    assertEquals("50 %\\x0d100 %\n", terminal.err());
  }

  @Test
  void reportsResourcesThatCouldNotBeReleased() {
    PlainDisplay display = display(false);
    display.on(new BuildEvent.Released("the folder /tmp/a", ""));
    display.on(new BuildEvent.Released("the folder /tmp/b", "it is busy"));

    assertEquals("error: could not release the folder /tmp/b: it is busy\n", terminal.err());
  }
}
