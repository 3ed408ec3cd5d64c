/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;

/**
 * The problems of manifests, for editors and continuous integration.
 *
 * @param manifests one entry for each manifest
 */
public record ValidationDocument(List<Checked> manifests) {
  /** The version of the format SARIF, and the address of its schema. */
  private static final String SARIF = "2.1.0";

  private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  /** Copies the list. */
  public ValidationDocument {
    manifests = List.copyOf(manifests);
  }

  /**
   * A manifest that was checked.
   *
   * @param source where the manifest was read from
   * @param valid whether it has no errors
   * @param problems errors and warnings, in the order of the file
   */
  public record Checked(ManifestSource source, boolean valid, List<Problem> problems) {
    /** Copies the list. */
    public Checked {
      problems = List.copyOf(problems);
    }

    /** A manifest without a matrix. */
    public Checked(Path file, boolean valid, List<Problem> problems) {
      this(ManifestSource.of(file), valid, problems);
    }
  }

  /** The problems of all manifests; those of several images of one manifest once. */
  private Set<Problem> problems() {
    Set<Problem> problems = new LinkedHashSet<>();
    manifests.forEach(checked -> problems.addAll(checked.problems()));
    return problems;
  }

  /** Returns a JSON document on several lines. */
  public String json() {
    List<Object> entries = new ArrayList<>();
    for (Checked checked : manifests) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("file", checked.source().file());
      if (!checked.source().row().isEmpty()) {
        entry.put("row", checked.source().row());
      }
      entry.put("valid", checked.valid());
      entry.put("problems", checked.problems().stream().map(ValidationDocument::entry).toList());
      entries.add(entry);
    }
    return Json.indented(Map.of("manifests", entries));
  }

  private static Map<String, Object> entry(Problem problem) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("severity", word(problem.severity()));
    entry.put("file", problem.location().file());
    entry.put("line", problem.location().line());
    entry.put("column", problem.location().column());
    entry.put("path", problem.path());
    entry.put("message", problem.message());
    entry.put("remedy", problem.remedy());
    return entry;
  }

  /**
   * Returns a log in the Static Analysis Results Interchange Format (SARIF) 2.1.0 of OASIS.
   *
   * @param version of this program
   */
  public String sarif(String version) {
    List<Object> results = new ArrayList<>();
    problems().forEach(problem -> results.add(result(problem)));
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "bootstrap-vz");
    driver.put("version", version);
    driver.put("rules", List.of(Map.of("id", "manifest")));
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", results);
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", SARIF_SCHEMA);
    log.put("version", SARIF);
    log.put("runs", List.of(run));
    return Json.indented(log);
  }

  private static Map<String, Object> result(Problem problem) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("artifactLocation", Map.of("uri", uri(problem.location().file())));
    if (problem.location().line() > 0) {
      Map<String, Object> region = new LinkedHashMap<>();
      region.put("startLine", problem.location().line());
      if (problem.location().column() > 0) {
        region.put("startColumn", problem.location().column());
      }
      place.put("region", region);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", "manifest");
    result.put("level", word(problem.severity()));
    result.put("message", Map.of("text", text(problem)));
    result.put("locations", List.of(Map.of("physicalLocation", place)));
    return result;
  }

  /** A relative path stays relative: to the directory in which the program was started. */
  private static String uri(Path file) {
    return file.isAbsolute()
        ? file.toUri().toString()
        : Path.of("/").toUri().relativize(Path.of("/").resolve(file).toUri()).toString();
  }

  /** Returns workflow commands of GitHub, which annotate the lines of a change. */
  public String github() {
    StringBuilder lines = new StringBuilder();
    for (Problem problem : problems()) {
      lines.append("::").append(word(problem.severity()));
      lines.append(" file=").append(property(problem.location().file().toString()));
      if (problem.location().line() > 0) {
        lines.append(",line=").append(problem.location().line());
      }
      if (problem.location().column() > 0) {
        lines.append(",col=").append(problem.location().column());
      }
      lines.append("::").append(data(text(problem))).append('\n');
    }
    return lines.toString();
  }

  private static String text(Problem problem) {
    return (problem.path().isEmpty() ? "" : problem.path() + ": ")
        + problem.message()
        + (problem.remedy().isEmpty() ? "" : ". " + problem.remedy());
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
