/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.Style;

/** The result of a build: the artefacts and durations, or the error. */
public final class Summary {
  /** Aligns the total with the durations of the phases in a live display. */
  private static final int WIDTH = 43;

  private final PrintStream out;
  private final PrintStream err;
  private final Style style;

  /** A summary; results go to {@code out}, errors to {@code err}. */
  public Summary(PrintStream out, PrintStream err, Style style) {
    this.out = out;
    this.err = err;
    this.style = style;
  }

  /** Shows the artefacts and, unless the display has shown them, the durations of the phases. */
  public void succeeded(BuildResult result, boolean withPhases) {
    if (withPhases) {
      for (Map.Entry<Phase, Duration> phase : result.phases().entrySet()) {
        row(phase.getKey().title(), Quantity.time(phase.getValue()));
      }
    }
    row("Total", Quantity.time(result.duration()));
    for (Artefact artefact : result.artefacts()) {
      out.println();
      if (artefact instanceof Artefact.Local local) {
        show(local);
      } else if (artefact instanceof Artefact.Remote remote) {
        show(remote);
      }
    }
    notReleased(result);
  }

  private void show(Artefact.Local artefact) {
    out.println(artefact.path());
    out.println(
        "  size    "
            + Quantity.size(artefact.size())
            + ", "
            + Quantity.size(artefact.sizeOnDisk())
            + " on disk");
    if (!artefact.sha256().isEmpty()) {
      out.println("  SHA-256 " + artefact.sha256());
    }
  }

  private void show(Artefact.Remote artefact) {
    out.println(artefact.id());
    out.println("  kind    " + artefact.kind());
    if (!artefact.region().isEmpty()) {
      out.println("  region  " + artefact.region());
    }
    if (!artefact.account().isEmpty()) {
      out.println("  account " + artefact.account());
    }
    if (!artefact.link().isEmpty()) {
      out.println("  link    " + artefact.link());
    }
  }

  private void row(String title, String time) {
    String gap = " ".repeat(Math.max(2, WIDTH - title.length() - time.length()));
    out.println("  " + title + gap + time);
  }

  /**
   * Shows that the build failed.
   *
   * @param shown whether the error itself was shown already
   */
  public void failed(BuildResult result, boolean shown) {
    if (!shown) {
      result.error().ifPresent(error -> err.println(style.error("error: " + error)));
    }
    ending("The build failed" + result.failedTask().map(task -> " in " + task).orElse(""), result);
  }

  /** Shows that the build was cancelled. */
  public void cancelled(BuildResult result) {
    ending(result.error().orElse("Cancelled"), result);
  }

  private void ending(String what, BuildResult result) {
    err.println(
        what
            + ", after "
            + Quantity.time(result.duration())
            + (result.notReleased().isEmpty() ? "; all resources were released" : ""));
    if (!result.artefacts().isEmpty()) {
      err.println("Delivered before that:");
      for (Artefact artefact : result.artefacts()) {
        err.println(
            "  "
                + (artefact instanceof Artefact.Remote remote
                    ? remote.description()
                    : ((Artefact.Local) artefact).path()));
      }
    }
    notReleased(result);
  }

  private void notReleased(BuildResult result) {
    if (!result.notReleased().isEmpty()) {
      err.println(style.error("These resources could not be released; please clean them up:"));
      result.notReleased().forEach(resource -> err.println(style.error("  " + resource)));
    }
  }
}
