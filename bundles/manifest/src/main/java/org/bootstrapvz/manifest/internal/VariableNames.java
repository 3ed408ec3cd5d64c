/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.Suggestion;

/** The names of the variables of a manifest, for messages about names that do not exist. */
final class VariableNames {
  /** A manifest may have very many errors. */
  private static final int MAX_SUGGESTIONS = 300;

  private static final int MAX_LISTED = 20;

  private final SortedSet<String> names;
  private int suggestions;

  VariableNames(Collection<String> names) {
    this.names = new TreeSet<>(names);
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** Returns the name that was probably meant. */
  Optional<String> nearest(String name) {
    return suggestions++ < MAX_SUGGESTIONS ? Suggestion.nearest(name, names) : Optional.empty();
  }

  /** Returns a remedy for a name that does not exist. */
  String remedy(String name) {
    return nearest(name).map(it -> "Did you mean `" + it + "`? ").orElse("") + list();
  }

  private String list() {
    return names.isEmpty()
        ? "The manifest has no variables"
        : "Variables of the manifest: "
            + names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
            + (names.size() > MAX_LISTED ? ", …" : "");
  }
}
