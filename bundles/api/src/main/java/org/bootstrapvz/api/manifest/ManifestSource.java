/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bootstrapvz.api.value.Secret;

/**
 * Where a manifest is read from: everything that its content depends on. Immutable.
 *
 * @param file the file, as the user named it
 * @param selfContained whether the file must contain the whole manifest, as one that another user
 *     submitted: an include is an error, and no other file is read
 * @param settings values of keys and variables, of which later ones have precedence
 * @param variableFiles files with values of variables, of which later ones have precedence
 * @param environment values of variables from the environment, by the name without its prefix
 * @param row a row of the matrix of the manifest: the texts of the values by axis
 */
public record ManifestSource(
    Path file,
    boolean selfContained,
    List<Setting> settings,
    List<Path> variableFiles,
    SortedMap<String, Secret> environment,
    Map<String, String> row) {
  /** Prefix of the names of environment variables that set variables of manifests. */
  public static final String ENVIRONMENT_PREFIX = "BOOTSTRAP_VZ_VAR_";

  /** Copies the collections. */
  public ManifestSource {
    settings = List.copyOf(settings);
    variableFiles = List.copyOf(variableFiles);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
  }

  /** Returns the manifest of a file, which may include other files of this host. */
  public static ManifestSource of(Path file) {
    return new ManifestSource(file, false, List.of(), List.of(), new TreeMap<>(), Map.of());
  }

  /** Returns a manifest that must be complete without any other file. */
  public static ManifestSource selfContained(Path file) {
    return new ManifestSource(file, true, List.of(), List.of(), new TreeMap<>(), Map.of());
  }

  /** Returns the same manifest with more settings, which have precedence over its own. */
  public ManifestSource withSettings(List<Setting> more) {
    List<Setting> all = new ArrayList<>(settings);
    all.addAll(more);
    return new ManifestSource(file, selfContained, all, variableFiles, environment, row);
  }

  /** Returns the same manifest with more files of variables, which have precedence. */
  public ManifestSource withVariableFiles(List<Path> more) {
    List<Path> all = new ArrayList<>(variableFiles);
    all.addAll(more);
    return new ManifestSource(file, selfContained, settings, all, environment, row);
  }

  /**
   * Returns the same manifest with the variables of an environment.
   *
   * @param variables all variables of the environment
   */
  public ManifestSource withEnvironment(Map<String, String> variables) {
    SortedMap<String, Secret> used = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            used.put(name.substring(ENVIRONMENT_PREFIX.length()), Secret.of(value));
          }
        });
    return new ManifestSource(file, selfContained, settings, variableFiles, used, row);
  }

  /** Returns the same manifest in a row of its matrix. */
  public ManifestSource withRow(Map<String, String> values) {
    return new ManifestSource(file, selfContained, settings, variableFiles, environment, values);
  }

  /** Returns the row for people: {@code release=trixie, role=web}; empty if there is none. */
  public String rowText() {
    return row.entrySet().stream()
        .map(axis -> axis.getKey() + "=" + axis.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * A value that is set from outside of a manifest.
   *
   * @param key the path of a key, such as {@code system.release}, or the name of a variable
   * @param value the value; of a key, in YAML
   */
  public record Setting(String key, String value) {
    private static final String VARIABLES = "variables.";

    /**
     * Returns the setting that a text such as {@code system.release=trixie} describes.
     *
     * @throws IllegalArgumentException if it does not; the message says why
     */
    public static Setting parse(String text) {
      int end = text.indexOf('=');
      if (end < 1) {
        throw new IllegalArgumentException(
            "\""
                + text
                + "\" is not a setting. Write it as KEY=VALUE, for example"
                + " system.release=trixie");
      }
      return new Setting(text.substring(0, end), text.substring(end + 1));
    }

    /** Returns whether the key is that of a variable in any case. */
    public boolean isVariable() {
      return key.startsWith(VARIABLES);
    }

    /** Returns the name of the variable that it sets, if there is such a variable. */
    public String variable() {
      return isVariable() ? key.substring(VARIABLES.length()) : key;
    }
  }
}
