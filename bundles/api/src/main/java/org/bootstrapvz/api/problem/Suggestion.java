/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the word that a user probably intended. */
public final class Suggestion {
  /** Longer words are no misspelt names. */
  private static final int MAX_LENGTH = 200;

  /** Among more candidates nobody looks for a name. */
  private static final int MAX_CANDIDATES = 5_000;

  private Suggestion() {}

  /**
   * Returns the candidate nearest to a misspelt word, by the number of letters to insert, delete,
   * replace or swap with their neighbour; letter case and {@code - _} do not count. Of a word of n
   * letters, (n + 1) / 3 may differ, but at least one. Of equally near candidates the first in
   * alphabetical order is returned. There is none for words of more than 200 letters, nor among
   * more than 5000 candidates.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > MAX_LENGTH || candidates.size() > MAX_CANDIDATES) {
      return Optional.empty();
    }
    String normal = normalise(word);
    int least = Math.max(1, (normal.length() + 1) / 3);
    String nearest = null;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - word.length()) <= least) {
        int distance = distance(normal, normalise(candidate));
        if (distance < least || distance == least && isFirst(candidate, nearest)) {
          least = distance;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static boolean isFirst(String candidate, @Nullable String other) {
    return other == null || candidate.compareTo(other) < 0;
  }

  private static String normalise(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          row[j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
