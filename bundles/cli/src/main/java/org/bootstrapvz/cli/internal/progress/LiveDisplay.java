/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.VisibleText;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.TerminalControl;
import org.jspecify.annotations.Nullable;

/**
 * Shows a build on a terminal: finished phases as lines that stay, below them the running phase and
 * task, redrawn in place.
 */
public final class LiveDisplay implements Display {
  private static final int BAR = 24;
  private static final int TITLE = 22;
  private static final long TASK_TIME_SHOWN_AFTER = Duration.ofSeconds(2).toNanos();
  private static final String CLEAR_LINE = TerminalControl.of("\r\033[2K");
  private static final String UP = TerminalControl.of("\033[1A");

  private final PrintStream err;
  private final Style style;
  private final boolean debug;
  private final boolean unicode;
  private final int columns;
  private final LongSupplier nanos;
  private final long start;
  private final ScheduledExecutorService ticker;

  // Guarded by this.
  private int drawnLines;
  private int tick;
  private int taskCount;
  private int tasksDone;
  private int tasksInPhase;
  private @Nullable Phase phase;
  private @Nullable PlannedTask task;
  private long taskStart;
  private double fraction;
  private String detail = "";

  /** A display that redraws itself several times a second until it is closed. */
  public static LiveDisplay start(Terminal terminal, Style style, boolean debug) {
    LiveDisplay display =
        new LiveDisplay(
            terminal,
            style,
            debug,
            System::nanoTime,
            Executors.newSingleThreadScheduledExecutor(
                work -> {
                  Thread thread = new Thread(work, "display");
                  thread.setDaemon(true);
                  return thread;
                }));
    display.ticker.scheduleAtFixedRate(display::redraw, 200, 200, TimeUnit.MILLISECONDS);
    return display;
  }

  LiveDisplay(
      Terminal terminal,
      Style style,
      boolean debug,
      LongSupplier nanos,
      ScheduledExecutorService ticker) {
    this.err = terminal.err();
    this.unicode = terminal.unicode();
    this.columns = Math.max(20, terminal.columns());
    this.style = style;
    this.debug = debug;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.ticker = ticker;
  }

  @Override
  public synchronized void on(BuildEvent event) {
    List<String> lines = new ArrayList<>(Messages.of(event, style, debug));
    if (event instanceof BuildEvent.Planned planned) {
      taskCount = planned.plan().tasks().size();
    } else if (event instanceof BuildEvent.PhaseStarted started) {
      phase = started.phase();
      tasksInPhase = 0;
    } else if (event instanceof BuildEvent.PhaseFinished finished) {
      lines.add(finishedPhase(finished));
      phase = null;
    } else if (event instanceof BuildEvent.TaskStarted started) {
      task = started.task();
      taskStart = nanos.getAsLong();
      fraction = -1;
      detail = "";
    } else if (event instanceof BuildEvent.TaskProgress progress) {
      fraction = progress.fraction();
      detail = progress.detail();
    } else if (event instanceof BuildEvent.TaskFinished) {
      tasksDone++;
      tasksInPhase++;
      task = null;
    } else if (event instanceof BuildEvent.Failing) {
      // The user may be asked to press Enter: do not draw over the question.
      task = null;
      phase = null;
    }
    if (lines.isEmpty() && !(event instanceof BuildEvent.TaskStarted)) {
      // The next tick shows it. Drawing at each event would slow down a build that logs a lot.
      return;
    }
    StringBuilder screen = new StringBuilder();
    clear(screen);
    lines.forEach(line -> screen.append(line).append('\n'));
    draw(screen);
    show(screen);
  }

  /** Redraws the moving part. */
  synchronized void redraw() {
    tick++;
    StringBuilder screen = new StringBuilder();
    clear(screen);
    draw(screen);
    show(screen);
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    synchronized (this) {
      StringBuilder screen = new StringBuilder();
      clear(screen);
      show(screen);
    }
  }

  private void show(StringBuilder screen) {
    err.print(screen);
    err.flush();
  }

  private void clear(StringBuilder screen) {
    if (drawnLines > 0) {
      screen.append(CLEAR_LINE);
      screen.append((UP + CLEAR_LINE).repeat(drawnLines - 1));
      drawnLines = 0;
    }
  }

  private void draw(StringBuilder screen) {
    List<String> lines = new ArrayList<>();
    if (phase != null) {
      lines.add(
          style.accent(spinner())
              + " "
              + style.strong(fit(phase.title(), columns - 2))
              + overall(phase.title().length() + 2));
    }
    if (task != null) {
      lines.add(running(task));
    }
    screen.append(String.join("\n", lines));
    drawnLines = lines.size();
  }

  private String overall(int used) {
    String text =
        " ".repeat(Math.max(2, TITLE + 4 - used))
            + "task "
            + Math.min(tasksDone + 1, taskCount)
            + " of "
            + taskCount
            + "   "
            + Quantity.clock(Duration.ofNanos(nanos.getAsLong() - start));
    return style.faint(fit(text, columns - used));
  }

  private String running(PlannedTask task) {
    int room = columns - 4;
    String title = fit(task.description(), room);
    StringBuilder line = new StringBuilder("    ").append(title);
    room -= title.length();
    if (fraction >= 0 && room > BAR + 10) {
      int filled = (int) Math.round(Math.min(1, fraction) * BAR);
      line.append("  ")
          .append(style.accent((unicode ? "\u2501" : "#").repeat(filled)))
          .append(style.faint((unicode ? "\u2500" : "-").repeat(BAR - filled)));
      String share = " " + Entry.percent(fraction);
      line.append(share);
      room -= 2 + BAR + share.length();
    }
    long taskTime = nanos.getAsLong() - taskStart;
    String rest =
        (taskTime < TASK_TIME_SHOWN_AFTER ? "" : "  " + Quantity.clock(Duration.ofNanos(taskTime)))
            + (detail.isEmpty() ? "" : "  " + detail);
    return line + style.faint(fit(rest, room));
  }

  private String finishedPhase(BuildEvent.PhaseFinished finished) {
    String title = finished.phase().title();
    String count = tasksInPhase + (tasksInPhase == 1 ? " task" : " tasks");
    String time = Quantity.time(finished.duration());
    return style.good(unicode ? "\u2713" : "+")
        + " "
        + title
        + " ".repeat(Math.max(2, TITLE - title.length()))
        + style.faint(" ".repeat(Math.max(0, 8 - count.length())) + count)
        + " ".repeat(Math.max(2, 13 - time.length()))
        + time;
  }

  private String spinner() {
    String frames =
        unicode ? "\u280b\u2819\u2839\u2838\u283c\u2834\u2826\u2827\u2807\u280f" : "|/-\\";
    return String.valueOf(frames.charAt(tick % frames.length()));
  }

  /** A text on one line of at most so many columns. */
  private String fit(String text, int room) {
    String line = VisibleText.onOneLine(text.replace('\t', ' '));
    if (line.length() <= room) {
      return line;
    }
    String more = unicode ? "\u2026" : "...";
    return room <= more.length() ? "" : line.substring(0, room - more.length()) + more;
  }
}
