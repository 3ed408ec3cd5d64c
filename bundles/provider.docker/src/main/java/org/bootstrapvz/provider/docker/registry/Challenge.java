/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of a server, from its header {@code WWW-Authenticate}.
 *
 * @param scheme in lower case
 * @param parameters names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final Pattern PART =
      Pattern.compile("\\s*,?\\s*(?:([\\w-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]*))|([\\w-]+))");

  /** Parses all challenges in one header. */
  static List<Challenge> parse(String header) {
    List<Challenge> challenges = new ArrayList<>();
    Matcher matcher = PART.matcher(header);
    int at = 0;
    while (at < header.length() && matcher.find(at) && matcher.start() == at) {
      at = matcher.end();
      if (matcher.group(4) != null) {
        challenges.add(new Challenge(matcher.group(4).toLowerCase(Locale.ROOT), new TreeMap<>()));
      } else if (!challenges.isEmpty()) {
        challenges
            .get(challenges.size() - 1)
            .parameters
            .put(
                matcher.group(1).toLowerCase(Locale.ROOT),
                matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
      }
    }
    return challenges;
  }
}
