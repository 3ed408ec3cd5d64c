/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What cannot be seen by looking at one value alone, such as files that are missing. Each answers
 * with sentences that begin with the key.
 */
final class Checks {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private Checks() {}

  /** Of where queue and history are kept. */
  static List<String> database(Map<String, Object> values) {
    String url = text(values, "url");
    if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
      return List.of(
          "url: \""
              + url.replaceFirst("[/@?].*", "…")
              + "\" is wrong; it should begin with "
              + POSTGRESQL
              + " or be left out for a file in the state folder");
    }
    // The file is readable by more people than a password may be, and what is wrong gets logged.
    if (url.matches("(?i).*[?&]password=.*") || url.matches("[^@]*//[^/]*:[^/]*@.*")) {
      return List.of("url: It holds a password; put that into a file of its own, passwordFile");
    }
    return unreadable("passwordFile", text(values, "passwordFile")).stream().toList();
  }

  /** Of how the appliance builds. */
  static List<String> queue(Map<String, Object> values) {
    String folder = text(values, "folder");
    if (folder.isEmpty()) {
      return List.of();
    }
    try {
      Files.createDirectories(Path.of(folder));
    } catch (IOException e) {
      return List.of("folder: " + folder + " is missing and cannot be made");
    }
    return Files.isWritable(Path.of(folder))
        ? List.of()
        : List.of("folder: Nothing can be written to " + folder);
  }

  private static Optional<String> unreadable(String key, String file) {
    return file.isEmpty() || Files.isReadable(Path.of(file)) && Files.isRegularFile(Path.of(file))
        ? Optional.empty()
        : Optional.of(key + ": The file " + file + " is missing or cannot be read");
  }

  private static String text(Map<String, Object> values, String key) {
    return (String) values.getOrDefault(key, "");
  }
}
