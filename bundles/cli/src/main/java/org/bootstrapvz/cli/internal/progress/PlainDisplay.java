/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.cli.Style;

/** Shows a build line by line, for files and for terminals that cannot redraw. */
public final class PlainDisplay implements Display {
  private static final long PROGRESS_INTERVAL = Duration.ofSeconds(10).toNanos();

  private final PrintStream err;
  private final Style style;
  private final boolean debug;
  private final LongSupplier nanos;
  private final long start;
  private long lastLine;

  /**
   * A display.
   *
   * @param debug whether to show the log as well
   * @param nanos a clock that only runs forwards, in nanoseconds
   */
  public PlainDisplay(PrintStream err, Style style, boolean debug, LongSupplier nanos) {
    this.err = err;
    this.style = style;
    this.debug = debug;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.lastLine = start;
  }

  @Override
  public void on(BuildEvent event) {
    if (event instanceof BuildEvent.PhaseStarted started) {
      err.println(style.strong(started.phase().title()));
    } else if (event instanceof BuildEvent.TaskStarted started) {
      line(started.task().description());
    } else if (event instanceof BuildEvent.TaskProgress progress) {
      // Often enough to show progress, seldom enough not to hide other lines.
      if (nanos.getAsLong() - lastLine >= PROGRESS_INTERVAL) {
        String share = progress.fraction() < 0 ? "" : Entry.percent(progress.fraction()) + " ";
        line(progress.task().description() + ": " + share + progress.detail());
      }
    } else {
      Messages.of(event, style, debug).forEach(err::println);
    }
  }

  private void line(String text) {
    lastLine = nanos.getAsLong();
    String elapsed = Quantity.time(Duration.ofNanos(lastLine - start));
    err.println("[" + " ".repeat(Math.max(0, 8 - elapsed.length())) + elapsed + "] " + text);
  }

  @Override
  public void close() {}
}
