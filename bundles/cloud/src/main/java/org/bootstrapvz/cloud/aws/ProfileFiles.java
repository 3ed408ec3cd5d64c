/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Surroundings;

/** The profiles in the files credentials and config of the tools of AWS. */
final class ProfileFiles {
  private final List<Path> files;
  private final Map<String, Map<String, String>> profiles = new TreeMap<>();

  private ProfileFiles(List<Path> files) {
    this.files = files;
  }

  /** Reads the files that exist; their values override each other as those of the tools do. */
  static ProfileFiles read(Surroundings surroundings) throws BuildException {
    Path credentials = file(surroundings, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
    Path config = file(surroundings, "AWS_CONFIG_FILE", "config");
    ProfileFiles files = new ProfileFiles(List.of(credentials, config));
    files.add(config, true);
    files.add(credentials, false);
    return files;
  }

  private static Path file(Surroundings surroundings, String variable, String name) {
    String chosen = surroundings.variable(variable);
    return chosen.isEmpty()
        ? surroundings.home().resolve(".aws").resolve(name)
        : surroundings.directory().resolve(chosen);
  }

  /** Nothing of the content is quoted in an error: it has secrets. */
  private void add(Path file, boolean prefixed) throws BuildException {
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new BuildException("The file " + file + " cannot be read", e);
    }
    Map<String, String> section = new TreeMap<>();
    for (String line : lines) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
        continue;
      }
      if (text.startsWith("[")) {
        section = section(text.replaceFirst("^\\[", "").replaceFirst("].*$", "").strip(), prefixed);
      } else if (!Character.isWhitespace(line.charAt(0)) && text.contains("=")) {
        String[] pair = text.split("=", 2);
        section.put(
            pair[0].strip().toLowerCase(Locale.ROOT), pair[1].replaceFirst("\\s#.*$", "").strip());
      }
    }
  }

  /** Sections of other kinds are read and forgotten. */
  private Map<String, String> section(String title, boolean prefixed) {
    boolean profile = title.startsWith("profile ") || title.startsWith("profile\t");
    if (prefixed && !profile && !title.equals("default")) {
      return new TreeMap<>();
    }
    String name = prefixed && profile ? title.substring("profile".length()).strip() : title;
    return profiles.computeIfAbsent(name.replaceAll("^\"|\"$", ""), key -> new TreeMap<>());
  }

  /** Returns the settings of a profile; empty if there is none. */
  Map<String, String> profile(String name) {
    return Collections.unmodifiableMap(profiles.getOrDefault(name, Map.of()));
  }

  Set<String> names() {
    return Collections.unmodifiableSet(profiles.keySet());
  }

  @Override
  public String toString() {
    return files.get(0) + " and " + files.get(1);
  }
}
