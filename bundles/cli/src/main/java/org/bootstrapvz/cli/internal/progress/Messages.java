/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import java.util.List;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.value.VisibleText;
import org.bootstrapvz.cli.Style;

/** The lines that both displays print. */
final class Messages {
  private Messages() {}

  /** The lines for an event. */
  static List<String> of(BuildEvent event, Style style, boolean debug) {
    if (event instanceof BuildEvent.Warning warning) {
      return List.of(style.warning("warning: " + warning.message()));
    }
    if (event instanceof BuildEvent.Failing failing) {
      return List.of(style.error("error: " + failing.message()));
    }
    if (event instanceof BuildEvent.Released released && !released.problem().isEmpty()) {
      return List.of(
          style.error(
              "error: could not release " + released.description() + ": " + released.problem()));
    }
    if (event instanceof BuildEvent.InstallingHostPackages installing) {
      return List.of("Installing host packages: " + String.join(" ", installing.packages()));
    }
    if (event instanceof BuildEvent.Log log && debug) {
      return List.of(style.faint(VisibleText.onOneLine(log.line().replace('\t', ' '))));
    }
    return List.of();
  }
}
