/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;

/**
 * A unit or a drop-in of the manifest.
 *
 * @param entry its entry in the manifest
 * @param path its path in the image, without a leading slash
 */
record UnitFile(ManifestValue entry, String path) {
  /** What a file looks like. */
  static final String ADVICE =
      "Write sections such as [Service], with lines such as ExecStart=/usr/bin/app";

  private static final String DIRECTORY = "etc/systemd/system/";

  /** All of a manifest, in its order. */
  static List<UnitFile> of(Manifest manifest) {
    ManifestValue settings = manifest.at("plugins.units");
    List<UnitFile> files = new ArrayList<>();
    for (ManifestValue entry : settings.get("install").items()) {
      files.add(new UnitFile(entry, DIRECTORY + entry.get("name").text()));
    }
    for (ManifestValue entry : settings.get("drop_ins").items()) {
      String name = entry.get("name").text("override.conf");
      files.add(new UnitFile(entry, DIRECTORY + entry.get("unit").text() + ".d/" + name));
    }
    return files;
  }

  ManifestValue source() {
    return entry.get("src");
  }

  ManifestValue content() {
    return entry.get("content");
  }

  String text(Manifest manifest) throws IOException {
    String text =
        content().exists() ? content().text() : Files.readString(manifest.resolve(source()));
    return text.endsWith("\n") ? text : text + "\n";
  }

  /**
   * Says what is not as in systemd.syntax(7). systemd ignores such lines with a warning in the
   * journal of the machine.
   */
  static Optional<String> problem(String text) {
    boolean inSection = false;
    boolean continued = false;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String word = line.strip();
      if (continued) {
        // A comment does not end a line that is continued.
        continued = word.endsWith("\\") || word.startsWith("#") || word.startsWith(";");
      } else if (word.matches("\\[[^\\[\\]]+]")) {
        inSection = true;
      } else if (!word.isEmpty() && !word.startsWith("#") && !word.startsWith(";")) {
        if (!inSection) {
          return Optional.of("Line " + number + " of the unit is outside of any section");
        }
        if (!word.matches("[A-Za-z0-9-]+\\s*=.*")) {
          return Optional.of("Line " + number + " of the unit is neither a section nor a setting");
        }
        continued = word.endsWith("\\");
      }
    }
    return inSection ? Optional.empty() : Optional.of("The unit has no section");
  }
}
