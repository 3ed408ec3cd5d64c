/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.manifest.internal.Variables.VariableException;

/**
 * The values of the schema keyword {@code format} that are checked: {@code size}, {@code template}
 * (a text with manifest variables), {@code apt-source}, {@code apt-configuration}, {@code
 * host-name} (with manifest variables), {@code package} (with manifest variables; also a path, or
 * with a version or a release), {@code package-name}, {@code locale}, {@code charmap} and {@code
 * time-zone}. Other formats are only for editors.
 */
final class Formats {
  private final Variables variables;
  private final Problems problems;

  Formats(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  void check(String format, ManifestValue value) {
    switch (format) {
      case "size" -> size(value);
      case "template" -> expand(value);
      case "apt-source" -> expand(value).ifPresent(line -> source(value, line));
      case "host-name" -> expand(value).ifPresent(name -> name(value, SystemNames.hostName(name)));
      case "package" -> expand(value).ifPresent(name -> installable(value, name));
      case "package-name" -> name(value, SystemNames.packageName(value.text()));
      case "locale" -> name(value, SystemNames.locale(value.text()));
      case "charmap" -> name(value, SystemNames.charmap(value.text()));
      case "time-zone" -> name(value, SystemNames.timeZone(value.text()));
      case "apt-configuration" ->
          AptConfiguration.problem(value.text())
              .ifPresent(
                  problem ->
                      problems.error(
                          value,
                          problem,
                          "apt configuration is written like Acquire::Retries \"3\"; or Acquire {"
                              + " Retries \"3\"; };"));
      default -> {}
    }
  }

  private void name(ManifestValue value, Optional<SystemNames.Fault> fault) {
    fault.ifPresent(it -> problems.error(value, it.problem(), it.remedy()));
  }

  private void installable(ManifestValue value, String text) {
    if (!text.startsWith("/")) {
      name(value, SystemNames.packageName(text.replaceFirst("[/=].*", "")));
    }
  }

  private void size(ManifestValue value) {
    try {
      Bytes size = Bytes.parse(value.text());
      if (size.count() == 0) {
        problems.error(value, "The size is zero", "Write a size such as 512MiB or 2GiB");
      } else if (size.count() % Sectors.SIZE != 0) {
        problems.error(
            value,
            size + " is not a whole number of sectors",
            "A sector has 512 bytes: write a size such as 512MiB or 2GiB");
      }
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }

  private Optional<String> expand(ManifestValue value) {
    try {
      return Optional.of(variables.expand(value.text(), Map.of()));
    } catch (VariableException e) {
      problems.error(value, e.problem, e.remedy);
      return Optional.empty();
    }
  }

  private void source(ManifestValue value, String line) {
    try {
      Source source = Source.parse("", line);
      if (source.components().isEmpty() && !source.suite().endsWith("/")) {
        problems.error(
            value,
            "The source names no component",
            "Write main or the like after the suite " + source.suite());
      }
    } catch (IllegalArgumentException e) {
      problems.error(value, String.valueOf(e.getMessage()), "");
    }
  }

  /** Checks the keys of a map, in which variables are expanded, too. */
  void checkKeys(ManifestValue map) {
    if (!map.isMap()) {
      return;
    }
    for (var entry : map.entries().entrySet()) {
      try {
        variables.expand(entry.getKey(), Map.of());
      } catch (VariableException e) {
        problems.add(
            new Problem(
                Problem.Severity.ERROR,
                entry.getValue().keyLocation(),
                entry.getValue().path(),
                e.problem,
                e.remedy));
      }
    }
  }
}
