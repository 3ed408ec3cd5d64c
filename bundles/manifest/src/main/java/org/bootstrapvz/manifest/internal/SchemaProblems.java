/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;

/** Collects the problems of a value that does not match a schema. */
final class SchemaProblems {
  /** More than are listed. */
  private static final int MAX = 300;

  private final Set<List<String>> secrets;
  private final Set<Problem> found = new LinkedHashSet<>();

  /**
   * Starts without problems.
   *
   * @param secrets the paths whose values must not be shown
   */
  SchemaProblems(Set<List<String>> secrets) {
    this.secrets = secrets;
  }

  /** Returns the problems without duplicates, in the order in which they were found. */
  Set<Problem> found() {
    return found;
  }

  /** Whether the value at a path must not be shown. */
  boolean hidden(List<String> path) {
    return IntStream.rangeClosed(0, path.size())
        .anyMatch(length -> secrets.contains(path.subList(0, length)));
  }

  /** Whether there are so many that more of them are not worth describing. */
  boolean isFull() {
    return found.size() >= MAX;
  }

  /** Adds a problem of a value. */
  void add(ManifestValue value, String message, String remedy) {
    add(value.location(), value, message, remedy);
  }

  /** Adds a problem of a key. */
  void addAtKey(ManifestValue value, String message, String remedy) {
    add(value.keyLocation(), value, message, remedy);
  }

  /** Adds a problem of a key that must not be shown, at the key, with the path of its map. */
  void addAtKey(ManifestValue key, ManifestValue map, String message, String remedy) {
    add(key.keyLocation(), map, message, remedy);
  }

  private void add(Location location, ManifestValue value, String message, String remedy) {
    found.add(new Problem(Severity.ERROR, location, value.path(), message, remedy));
  }
}
