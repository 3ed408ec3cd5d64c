/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.io.PrintStream;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import tools.jackson.databind.JsonNode;

/** Reports a build that was submitted, and waits for it if asked to. */
final class SubmittedBuild {
  private final ApplianceClient client;
  private final String id;
  private final String name;
  private final PrintStream out;
  private final PrintStream err;
  private final Style style;

  SubmittedBuild(ApplianceClient client, JsonNode build, Terminal terminal) {
    this.client = client;
    this.id = text(build, "id");
    this.name = text(build, "name");
    this.out = terminal.out();
    this.err = terminal.err();
    this.style = Style.of(Style.Mode.AUTO, terminal);
  }

  /** Prints the number of the build, then follows it if asked to; returns the exit status. */
  int report(boolean wait) throws ApplianceException, InterruptedException {
    out.println(id);
    out.flush();
    err.println("Build " + id + " of " + name + " is queued");
    if (!wait) {
      return ExitStatus.DONE;
    }
    String path = ApplianceCommand.BUILDS + "/" + id;
    try {
      new EventStream(client, path + "/events").read(this::show);
    } catch (InterruptedException e) {
      err.println("Build " + id + " continues; to cancel it, run: bootstrap-vz cancel " + id);
      throw e;
    }
    return result(client.get(path));
  }

  private void show(String type, JsonNode event) {
    JsonNode data = event.path("data");
    switch (type) {
      case "phase-started" -> err.println(text(data, "phase"));
      case "warning" -> err.println(style.warning("warning: " + text(data, "message")));
      case "failing" -> err.println(style.error("error: " + text(data, "message")));
      default -> {
        // The log contains the other events.
      }
    }
  }

  private int result(JsonNode build) {
    String state = text(build, "state");
    String error = text(build, "error");
    String line = "Build " + id + ": " + state + (error.isEmpty() ? "" : ": " + error);
    err.println(state.equals("succeeded") ? style.good(line) : style.error(line));
    Artefacts.print(build.path("artefacts"), out);
    return switch (state) {
      case "succeeded" -> ExitStatus.DONE;
      case "rejected" -> ExitStatus.INPUT;
      case "cancelled" -> ExitStatus.INTERRUPTED;
      default -> ExitStatus.FAILED;
    };
  }
}
