/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The artefacts of a build, as the API describes them. */
final class Artefacts {
  private Artefacts() {}

  /** All artefacts of a build. */
  static List<JsonNode> of(ApplianceClient client, String build)
      throws ApplianceException, InterruptedException {
    return client.get(build + "/artefacts").path("artefacts").valueStream().toList();
  }

  /** Whether an artefact is a file, which has a checksum; if not, says so on {@code err}. */
  static boolean isFile(JsonNode artefact, PrintStream err) {
    if (isRemote(artefact)) {
      err.println(remote(artefact) + " is not a file of the appliance");
      return false;
    }
    boolean file = !text(artefact, "sha256").isEmpty();
    if (!file) {
      err.println(
          text(artefact, "name") + " is a directory or a volume; it stays on the appliance");
    }
    return file;
  }

  /** Prints a line for each artefact. */
  static void print(JsonNode artefacts, PrintStream out) {
    for (JsonNode artefact : artefacts) {
      out.println("  " + (isRemote(artefact) ? remote(artefact) : local(artefact)));
    }
  }

  private static boolean isRemote(JsonNode artefact) {
    return !text(artefact, "kind").isEmpty();
  }

  private static String remote(JsonNode artefact) {
    StringBuilder line = new StringBuilder(text(artefact, "name"));
    for (String detail : List.of("kind", "region", "account", "link")) {
      if (!text(artefact, detail).isEmpty()) {
        line.append(", ").append(detail).append(' ').append(text(artefact, detail));
      }
    }
    return line.toString();
  }

  private static String local(JsonNode artefact) {
    String sha256 = text(artefact, "sha256");
    return text(artefact, "name")
        + ", "
        + text(artefact, "size")
        + " bytes"
        + (sha256.isEmpty() ? "" : ", SHA-256 " + sha256);
  }
}
