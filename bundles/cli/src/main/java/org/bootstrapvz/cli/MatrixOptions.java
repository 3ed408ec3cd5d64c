/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.bootstrapvz.api.problem.Suggestion;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The option that chooses among the images that a manifest with a matrix describes. */
public final class MatrixOptions {
  private static final String ONLY = "--only";

  /** More are not listed in a message. */
  private static final int MAX_LISTED = 12;

  private MatrixOptions() {}

  /** Adds the option to those of a command. */
  public static CommandSpec add(CommandSpec spec) {
    return spec.addOption(
        Options.repeated(
                ONLY, "Choose images of the matrix, for example release=trixie; may be repeated")
            .paramLabel("AXIS=VALUE")
            .auxiliaryTypes(Setting.class)
            .converters(SettingConverter.ONE)
            .build());
  }

  /**
   * Returns the rows of a matrix that the user chose; all if the user chose none.
   *
   * @param rows all rows, of which one without values stands for a manifest without a matrix
   * @throws ParameterException if no row has a value that the user named
   */
  public static List<ManifestSource> chosen(List<ManifestSource> rows, ParseResult arguments) {
    Optional<List<Setting>> only = Options.value(arguments, ONLY);
    List<Setting> wanted = only.orElse(List.of());
    wanted.forEach(each -> check(each, rows, arguments));
    Set<String> axes = wanted.stream().map(Setting::key).collect(Collectors.toSet());
    return rows.stream()
        .filter(
            row ->
                axes.stream()
                    .allMatch(
                        axis ->
                            wanted.contains(new Setting(axis, row.row().getOrDefault(axis, "")))))
        .toList();
  }

  private static void check(Setting wanted, List<ManifestSource> rows, ParseResult arguments) {
    Set<String> axes = new LinkedHashSet<>();
    Set<String> values = new LinkedHashSet<>();
    for (ManifestSource row : rows) {
      axes.addAll(row.row().keySet());
      Optional.ofNullable(row.row().get(wanted.key())).ifPresent(values::add);
    }
    if (axes.isEmpty()) {
      // A matrix that has errors has no axes.
      throw usage(
          arguments,
          rows.get(0).file()
              + " has no matrix to choose from with "
              + ONLY
              + ", or has errors: see bootstrap-vz validate "
              + rows.get(0).file());
    }
    if (!axes.contains(wanted.key())) {
      throw unknown(arguments, "axis", wanted.key(), axes);
    }
    if (!values.contains(wanted.value())) {
      throw unknown(arguments, "value of " + wanted.key(), wanted.value(), values);
    }
  }

  private static ParameterException unknown(
      ParseResult arguments, String kind, String word, Set<String> known) {
    return usage(
        arguments,
        "The matrix has no "
            + kind
            + " \""
            + word
            + "\". "
            + Suggestion.nearest(word, known).map(it -> "Did you mean " + it + "? ").orElse("")
            + "It has: "
            + String.join(", ", known));
  }

  /**
   * Returns the only row that the user chose.
   *
   * @throws ParameterException if there are several
   */
  public static ManifestSource one(List<ManifestSource> rows, ParseResult arguments) {
    List<ManifestSource> chosen = chosen(rows, arguments);
    if (chosen.size() == 1) {
      return chosen.get(0);
    }
    throw usage(
        arguments,
        rows.get(0).file()
            + " describes "
            + chosen.size()
            + " images here; choose one with "
            + ONLY
            + ": "
            + chosen.stream()
                .limit(MAX_LISTED)
                .map(ManifestSource::rowText)
                .collect(Collectors.joining("; "))
            + (chosen.size() > MAX_LISTED ? "; …" : ""));
  }

  private static ParameterException usage(ParseResult arguments, String message) {
    return new ParameterException(arguments.commandSpec().commandLine(), message);
  }
}
