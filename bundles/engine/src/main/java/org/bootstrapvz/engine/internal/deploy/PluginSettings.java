/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.settings.internal.PropertyFile;
import org.osgi.framework.BundleContext;

/**
 * The settings for plugins in a configuration file. Read on each access, so that a change applies
 * at once. An unknown, repeated or empty setting is an error: it may be a misspelt demand for
 * signatures.
 *
 * @param file may be missing
 */
record PluginSettings(Path file) {
  private static final List<String> KEYS = List.of("repositories", "signers", "requireSignedIndex");

  static PluginSettings of(BundleContext context) {
    String home = Optional.ofNullable(context.getProperty("bootstrapvz.home")).orElse(".");
    String folder =
        Optional.ofNullable(context.getProperty("bootstrapvz.conf")).orElse(home + "/conf");
    return new PluginSettings(Path.of(folder, "plugins.properties"));
  }

  /** The locations of indexes: directories, files, or URLs. */
  List<String> repositories() throws IOException {
    return value("repositories").stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  /** The file with the certificates of trusted signers; empty if jars need not be signed. */
  Optional<Path> signers() throws IOException {
    return value("signers").map(value -> file.toAbsolutePath().resolveSibling(value));
  }

  /** Whether only signed indexes are used. */
  boolean requireSignedIndex() throws IOException {
    Optional<String> value = value("requireSignedIndex");
    if (value.isPresent() && !List.of("true", "false").contains(value.get())) {
      throw new IOException(
          file + ": requireSignedIndex: \"" + value.get() + "\" is neither true nor false");
    }
    boolean required = value.filter("true"::equals).isPresent();
    if (required && signers().isEmpty()) {
      throw new IOException(
          file
              + ": requireSignedIndex: This needs signers, the file with the trusted certificates");
    }
    return required;
  }

  private Optional<String> value(String name) throws IOException {
    Optional<String> value = Optional.empty();
    List<String> seen = new ArrayList<>();
    for (PropertyFile.Entry entry : entries()) {
      String problem = problem(entry, seen);
      if (!problem.isEmpty()) {
        throw new IOException(file + ":" + entry.line() + ": " + entry.key() + ": " + problem);
      }
      seen.add(entry.key());
      if (entry.key().equals(name)) {
        value = Optional.of(entry.value());
      }
    }
    return value;
  }

  /** No entries if there is no file; a file of a similar name is probably meant to be it. */
  private List<PropertyFile.Entry> entries() throws IOException {
    if (!Files.isSymbolicLink(file) && Files.notExists(file)) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && Files.isDirectory(folder)) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "*.properties")) {
          for (Path other : others) {
            String name = String.valueOf(other.getFileName());
            if (Suggestion.nearest(name, List.of(String.valueOf(file.getFileName()))).isPresent()) {
              throw new IOException(
                  other + ": Unknown configuration file; did you mean " + file.getFileName() + "?");
            }
          }
        }
      }
      return List.of();
    }
    return PropertyFile.read(file);
  }

  /** Why an entry is wrong; empty if it is not. Its value may contain a password. */
  private static String problem(PropertyFile.Entry entry, List<String> seen) {
    if (!KEYS.contains(entry.key())) {
      return "Unknown setting; "
          + Suggestion.nearest(entry.key(), KEYS)
              .map(near -> "did you mean " + near + "?")
              .orElse("valid settings are " + String.join(", ", KEYS));
    }
    if (seen.contains(entry.key())) {
      return "The setting is a duplicate; remove one of them";
    }
    return entry.value().isEmpty() ? "The value is missing; remove the line for the default" : "";
  }
}
