/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The values of variables that are set from outside of a manifest. Settings of the command line
 * have precedence over files, of which later ones have precedence, and these over the environment.
 */
final class OutsideValues {
  private static final String KIND = "file of variables";

  /** Nobody but the owner may read or change the file of a secret. */
  private static final Set<PosixFilePermission> PUBLIC =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** Where a value comes from. */
  private enum Origin {
    ENVIRONMENT,
    FILE,
    SETTING,
    ROW
  }

  /**
   * A value from outside.
   *
   * @param text of a setting or of the environment; null if there is a node
   * @param node of a file; null if there is a text
   */
  private record Outside(
      Origin origin, Location place, @Nullable String text, @Nullable Node node) {}

  /** By the name of the variable; the last has precedence. */
  private final Map<String, List<Outside>> values = new LinkedHashMap<>();

  private final List<Setting> settings;
  private final Problems problems;

  /** Reads the files of variables. */
  OutsideValues(ManifestSource source, Problems problems) {
    this.settings = source.settings();
    this.problems = problems;
    source
        .environment()
        .forEach(
            (name, value) ->
                add(
                    name.toLowerCase(Locale.ROOT),
                    new Outside(
                        Origin.ENVIRONMENT,
                        Location.of(Path.of("$" + ManifestSource.ENVIRONMENT_PREFIX + name)),
                        value.reveal(),
                        null)));
    source.variableFiles().forEach(this::read);
    for (Setting setting : source.settings()) {
      if (setting.isVariable() || !setting.key().contains(".")) {
        add(setting.variable(), new Outside(Origin.SETTING, place(setting), setting.value(), null));
      }
    }
  }

  /** The place that problems of a setting name. */
  static Location place(Setting setting) {
    return Location.of(Path.of("--set " + setting.key()));
  }

  /**
   * Adds the values of the row of a matrix. What is set for an axis in another way is an error.
   *
   * @param row the values by axis
   */
  void addRow(Map<String, Node> row, Matrix matrix) {
    for (Setting setting : settings) {
      if (!Matrix.isVariable(setting.key()) && row.containsKey(setting.key())) {
        isAxis(place(setting), setting.key(), matrix);
      }
    }
    row.forEach(
        (axis, node) -> {
          if (Matrix.isVariable(axis)) {
            values
                .getOrDefault(axis, List.of())
                .forEach(value -> isAxis(value.place(), axis, matrix));
            add(axis, new Outside(Origin.ROW, node.mark(), null, node));
          }
        });
  }

  private void isAxis(Location place, String axis, Matrix matrix) {
    error(
        place,
        axis,
        "`" + axis + "` gets its values from the matrix in " + matrix.axis(axis).keyLocation(),
        "Choose rows of the matrix with --only " + axis + "=VALUE");
  }

  private void read(Path file) {
    String text;
    try {
      text = DocumentFile.text(file, KIND);
    } catch (DocumentFile.UnreadableException e) {
      error(Location.of(file), "", e.problem, e.remedy);
      return;
    }
    DocumentFile.map(file, text, KIND, Optional.empty(), problems)
        .ifPresent(
            map ->
                map.entries()
                    .forEach(
                        (name, entry) ->
                            add(
                                name,
                                new Outside(Origin.FILE, entry.keyMark(), null, entry.value()))));
  }

  private void add(String name, Outside value) {
    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  /** Whether there is a value of a variable. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns the value of a variable, as its type; empty if there is none, or one with an error. */
  Optional<Node> value(Declaration variable, Problems found) {
    List<Outside> set = values.getOrDefault(variable.name(), List.of());
    if (set.isEmpty()) {
      return Optional.empty();
    }
    Outside value = set.get(set.size() - 1);
    if (variable.type() == VariableType.SECRET && isVisible(variable, value, found)) {
      return Optional.empty();
    }
    Node node = value.node();
    Optional<Node> typed =
        node != null
            ? variable.type().convert(node)
            : variable.type().parse(String.valueOf(value.text()), value.place(), this::list);
    if (typed.isEmpty()) {
      error(
          found,
          value.place(),
          path(variable),
          "The variable `"
              + variable.name()
              + "` is of type "
              + variable.type().name().toLowerCase(Locale.ROOT)
              + ", but the value is not "
              + variable.type().description,
          "Change the value");
      return Optional.empty();
    }
    if (!variable.choices().isEmpty() && !Declarations.contains(variable.choices(), typed.get())) {
      error(
          found,
          value.place(),
          path(variable),
          "The value of `" + variable.name() + "` is not among its choices",
          "Allowed: " + Declarations.shown(variable.choices()));
      return Optional.empty();
    }
    return typed;
  }

  /** Whether other users can see a secret, which is an error. */
  private boolean isVisible(Declaration variable, Outside value, Problems found) {
    switch (value.origin()) {
      case SETTING ->
          error(
              found,
              value.place(),
              path(variable),
              "The variable `"
                  + variable.name()
                  + "` is secret, but other users can see the arguments of a command",
              "Set it in a file given with --var-file, or in "
                  + ManifestSource.ENVIRONMENT_PREFIX
                  + variable.name().toUpperCase(Locale.ROOT));
      case FILE -> {
        if (isPrivate(value.place().file())) {
          return false;
        }
        error(
            found,
            value.place(),
            path(variable),
            "The variable `"
                + variable.name()
                + "` is secret, but other users can read or change "
                + value.place().file(),
            "Run: chmod 600 " + value.place().file());
      }
      case ENVIRONMENT, ROW -> {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrivate(Path file) {
    try {
      return Collections.disjoint(Files.getPosixFilePermissions(file), PUBLIC);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private Optional<Node> list(String text) {
    try {
      return Optional.ofNullable(YamlText.parse(Path.of("list"), text, duplicate -> {}));
    } catch (SyntaxException e) {
      return Optional.empty();
    }
  }

  /** Reports values of variables that do not exist. */
  void checkNames(VariableNames declared) {
    values.forEach(
        (name, found) -> {
          if (!declared.contains(name)) {
            found.forEach(value -> unknown(name, value, declared));
          }
        });
  }

  private void unknown(String name, Outside value, VariableNames declared) {
    switch (value.origin()) {
      case FILE ->
          error(value.place(), name, "There is no variable `" + name + "`", declared.remedy(name));
      // One environment may be that of several manifests.
      case ENVIRONMENT ->
          declared
              .nearest(name)
              .ifPresent(
                  it ->
                      problems.add(
                          new Problem(
                              Severity.WARNING,
                              value.place(),
                              "",
                              "There is no variable `" + name + "`",
                              declared.remedy(name))));
      case SETTING, ROW -> {
        // Without a variable, a setting is one of a key; see SettingLayers.
      }
    }
  }

  private static String path(Declaration variable) {
    return "variables." + variable.name();
  }

  private void error(Location place, String path, String message, String remedy) {
    error(problems, place, path, message, remedy);
  }

  private static void error(
      Problems found, Location place, String path, String message, String remedy) {
    found.add(new Problem(Severity.ERROR, place, path, message, remedy));
  }
}
