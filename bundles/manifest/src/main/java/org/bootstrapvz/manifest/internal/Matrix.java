/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/**
 * The axes of a manifest that describes several images: each is a variable or the path of a key,
 * with the values that it takes. Each combination of values is a row.
 */
final class Matrix {
  static final String KEY = "matrix";

  /** More images than anybody builds from one manifest. */
  static final int MAX_ROWS = 256;

  private final Value value;
  private final Map<String, List<Node>> axes = new LinkedHashMap<>();

  private Matrix(Value value) {
    this.value = value;
    value
        .entries()
        .forEach(
            (name, axis) ->
                axes.put(name, axis.items().stream().map(item -> ((Value) item).node()).toList()));
  }

  /** The matrix of a layer; without axes if it has none. */
  static Matrix of(Layer layer) {
    return new Matrix(Value.root(layer.composition()).get(KEY));
  }

  boolean isEmpty() {
    return axes.isEmpty();
  }

  /** Whether an axis is a variable, not the path of a key. */
  static boolean isVariable(String axis) {
    return !axis.contains(".");
  }

  /** Returns the number of rows; a great number if there are too many. */
  private long size() {
    long size = 1;
    for (List<Node> axis : axes.values()) {
      size = Math.min(size * axis.size(), Integer.MAX_VALUE);
    }
    return size;
  }

  /** Returns the rows, the values of the last axis changing first; none if there are too many. */
  List<Map<String, String>> rows() {
    List<Map<String, String>> rows = List.of(Map.of());
    if (size() > MAX_ROWS) {
      return List.of();
    }
    for (Map.Entry<String, List<Node>> axis : axes.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> row : rows) {
        for (Node node : axis.getValue()) {
          Map<String, String> more = new LinkedHashMap<>(row);
          more.put(axis.getKey(), ((Node.Scalar) node).text());
          longer.add(more);
        }
      }
      rows = longer;
    }
    return rows;
  }

  /**
   * Returns the values of a row by axis. Reports a row that the matrix does not have.
   *
   * @param row the texts of the values
   */
  Map<String, Node> values(Map<String, String> row, Problems problems) {
    if (size() > MAX_ROWS) {
      problems.error(
          value,
          "The matrix has " + size() + " images",
          "It can have at most " + MAX_ROWS + "; write several manifests with the same includes");
      return Map.of();
    }
    Map<String, Node> values = new LinkedHashMap<>();
    axes.forEach(
        (axis, nodes) ->
            node(nodes, row.getOrDefault(axis, "")).ifPresent(node -> values.put(axis, node)));
    if (values.size() < axes.size() || row.size() > axes.size()) {
      problems.error(
          value,
          "The manifest describes " + size() + " images, one for each combination of its matrix",
          "Choose one with --only, for example --only "
              + axes.keySet().iterator().next()
              + "="
              + ((Node.Scalar) axes.values().iterator().next().get(0)).text()
              + "; bootstrap-vz submit submits each of them as a manifest of its own");
    }
    return values;
  }

  private static Optional<Node> node(List<Node> axis, String text) {
    return axis.stream().filter(node -> ((Node.Scalar) node).text().equals(text)).findFirst();
  }

  /** The value of an axis, as the place of problems. */
  ManifestValue axis(String name) {
    return value.get(name);
  }
}
