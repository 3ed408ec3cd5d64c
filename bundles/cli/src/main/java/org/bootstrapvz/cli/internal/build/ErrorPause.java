/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.build;

import java.io.IOException;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.progress.Display;

/** Waits for Enter after an error, so that the user can look at what the build left. */
final class ErrorPause {
  private static final long POLL_MILLIS = 100;

  private final Terminal terminal;
  private final Display display;

  ErrorPause(Terminal terminal, Display display) {
    this.terminal = terminal;
    this.display = display;
  }

  /** Returns when Enter is pressed, at once if standard input is not a terminal. */
  void await() {
    if (!terminal.asks()) {
      warn("Not pausing: standard input is not a terminal");
      return;
    }
    terminal.err().print("Press Enter to clean up. ");
    terminal.err().flush();
    try {
      // A plain read could not be interrupted by Ctrl+C.
      while (terminal.in().available() == 0) {
        Thread.sleep(POLL_MILLIS);
      }
      while (terminal.in().available() > 0) {
        terminal.in().read();
      }
    } catch (InterruptedException e) {
      terminal.err().println();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      warn("Not pausing: standard input cannot be read");
    }
  }

  private void warn(String message) {
    display.on(new BuildEvent.Warning(message));
  }
}
