/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Secret;

/**
 * The first problems of a manifest, so that one with very many is checked and shown as fast as
 * others.
 */
final class LimitedProblems implements Problems {
  /** As many as somebody can read. */
  private static final int MAX_LISTED = 200;

  /** As many as are sorted, to list the first of them. */
  private static final int MAX_KEPT = 10_000;

  private final Path manifest;
  private final List<Problem> found = new ArrayList<>();
  private List<Secret> secrets = List.of();
  private int dropped;
  private boolean droppedError;

  /**
   * Starts without problems.
   *
   * @param manifest the file whose problems are listed before those of files that it includes
   */
  LimitedProblems(Path manifest) {
    this.manifest = manifest;
  }

  /** Secrets that messages must not quote. */
  void mask(List<Secret> more) {
    secrets = more;
  }

  @Override
  public void add(Problem problem) {
    if (found.size() < MAX_KEPT) {
      found.add(problem);
    } else {
      drop(problem);
    }
  }

  private void drop(Problem problem) {
    dropped++;
    droppedError |= problem.severity() == Severity.ERROR;
  }

  /** Reports them in the order of the file, and how many there are besides. */
  void report(Problems problems) {
    List<Problem> sorted =
        found.stream()
            .sorted(Comparator.comparing(Problem::location, Location.order(manifest)))
            .toList();
    sorted.stream().limit(MAX_LISTED).map(this::withoutPasswords).forEach(problems::add);
    sorted.stream().skip(MAX_LISTED).forEach(this::drop);
    if (dropped > 0) {
      problems.add(
          new Problem(
              droppedError ? Severity.ERROR : Severity.WARNING,
              sorted.get(MAX_LISTED).location(),
              "",
              "From here on there are " + dropped + " more problems, which are not listed",
              "Correct the others first"));
    }
  }

  /** Messages quote what is in the file. */
  private Problem withoutPasswords(Problem problem) {
    return new Problem(
        problem.severity(),
        problem.location(),
        problem.path(),
        Secret.masked(Credentials.masked(problem.message()), secrets),
        Secret.masked(Credentials.masked(problem.remedy()), secrets));
  }
}
