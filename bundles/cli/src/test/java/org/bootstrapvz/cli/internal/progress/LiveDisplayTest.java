/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.TestTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
  private final TestTerminal terminal = new TestTerminal();
  private final AtomicLong nanos = new AtomicLong();
  private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
  private final LiveDisplay display =
      new LiveDisplay(terminal.live(), new Style(true), false, nanos::get, ticker);

  @AfterEach
  void stopTicker() {
    ticker.shutdownNow();
  }

  private void after(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private String screen() {
    return Screen.show(terminal.err());
  }

  private void begin() {
    display.on(Events.planned());
    display.on(new BuildEvent.PhaseStarted(Phase.PACKAGE_INSTALLATION));
    display.on(new BuildEvent.TaskStarted(Events.UPDATE));
  }

  @Test
  void showsThePhaseTheTaskAndTheTime() {
    begin();
    after(65);
    display.redraw();

    assertEquals(
        """
        \u2819 Package installation    task 1 of 75   1:05
            Fetching the package lists  1:05""",
        screen());
  }

  @Test
  void showsABarForMeasuredProgress() {
    begin();
    display.on(new BuildEvent.TaskProgress(Events.UPDATE, 0.5, "12 of 24 MiB"));
    display.redraw();

    assertEquals(
        "    Fetching the package lists  "
            + "\u2501".repeat(12)
            + "\u2500".repeat(12)
            + " 50 %  12 of 24 MiB",
        screen().lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void aFinishedPhaseStaysAboveTheRunningOne() {
    begin();
    display.on(new BuildEvent.TaskFinished(Events.UPDATE, Duration.ofSeconds(2)));
    display.on(new BuildEvent.PhaseFinished(Phase.PACKAGE_INSTALLATION, Duration.ofMillis(2345)));
    display.on(new BuildEvent.PhaseStarted(Phase.SYSTEM_MODIFICATION));
    display.on(new BuildEvent.TaskStarted(Events.INSTALL));

    assertEquals(
        """
        \u2713 Package installation    1 task        2.3 s
        \u280b System modification     task 2 of 75   0:00
            Installing the chosen packages""",
        screen());
  }

  @Test
  void warningsStayAndTheLogIsNotShown() {
    begin();
    display.on(new BuildEvent.Warning("the clock is wrong"));
    display.on(new BuildEvent.Log("apt-get update"));

    assertTrue(screen().startsWith("warning: the clock is wrong\n\u280b Package"), screen());
    assertFalse(screen().contains("apt-get"));
    assertTrue(terminal.err().contains("\033[35mwarning: the clock is wrong\033[0m"));
  }

  @Test
  void theDisplayStopsWhenATaskFails() {
    begin();
    display.on(new BuildEvent.Failing(Events.UPDATE, "apt.AptUpdate: no network"));
    display.redraw();

    assertEquals("error: apt.AptUpdate: no network", screen());
    assertTrue(terminal.err().contains("\033[31merror: apt.AptUpdate: no network\033[0m"));
  }

  @Test
  void clearsTheDisplayWhenClosed() {
    begin();
    display.close();

    assertEquals("", screen());
    assertTrue(ticker.isShutdown());
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    begin();
    display.on(new BuildEvent.TaskProgress(Events.UPDATE, 0.25, "x".repeat(200)));
    display.redraw();

    assertTrue(screen().endsWith("xxx\u2026"), screen());
    screen().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }
}
