/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.http.internal.exchange.InputGate;

/** A path with variables in braces, each of which matches one segment. */
final class PathTemplate {
  private final List<String> segments;
  private final String specificity;

  PathTemplate(String path) {
    segments = List.of(path.substring(1).split("/"));
    specificity =
        segments.stream()
            .map(segment -> isVariable(segment) ? "v" : "f")
            .collect(Collectors.joining());
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  /** Whether both match some path. */
  boolean overlaps(PathTemplate other) {
    return segments.size() == other.segments.size()
        && IntStream.range(0, segments.size())
            .allMatch(i -> overlap(segments.get(i), other.segments.get(i)));
  }

  private static boolean overlap(String one, String other) {
    return isVariable(one) || isVariable(other) || one.equals(other);
  }

  /** Of two templates that match a path, the more specific one has the smaller value. */
  String specificity() {
    return specificity;
  }

  /** The values of the variables; empty if the path does not match. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (isVariable(segment)) {
        values.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /**
   * The segments of a path as it was sent. Each is decoded separately, so that an encoded slash
   * does not become a separator.
   *
   * @throws HttpProblem with status 400 if the encoding is malformed
   */
  static List<String> segments(String path) throws HttpProblem {
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(InputGate.decode("The path", segment));
    }
    return segments;
  }
}
