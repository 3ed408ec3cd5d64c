/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a user probably intended. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Returns the candidate nearest to a misspelt word, by the number of letters to insert, delete,
   * replace or swap with their neighbour; letter case and {@code - _} do not count. Of a word of n
   * letters, (n + 1) / 3 may differ, but at least one. Of equally near candidates the first in
   * alphabetical order is returned.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String normal = normalise(word);
    int limit = Math.max(1, (normal.length() + 1) / 3);
    return candidates.stream()
        .sorted()
        .filter(candidate -> distance(normal, normalise(candidate)) <= limit)
        .min(
            (a, b) ->
                Integer.compare(distance(normal, normalise(a)), distance(normal, normalise(b))));
  }

  private static String normalise(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
