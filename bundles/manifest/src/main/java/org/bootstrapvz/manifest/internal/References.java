/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.manifest.internal.Node.Entry;

/**
 * Replaces references to variables, {@code {variables.NAME}}. A value that consists of a reference
 * becomes the value of the variable, with its type and its place; in a longer text, a reference
 * becomes the text of the value. As item of a list, a list becomes its items.
 */
final class References {
  private static final Pattern REFERENCE =
      Pattern.compile("(?<!\\{)\\{variables\\.([^{}\\s]{1,200})}(?!})");

  /** No manifest is longer; a long value that is used often would fill the memory. */
  private static final int MAX_EXPANDED = 4 << 20;

  private final Map<String, Node> values;
  private final VariableNames declared;
  private final Problems problems;
  private long expanded;
  private boolean full;

  /**
   * @param values the values of the variables by name
   * @param declared the names of all variables; one without a value has another problem
   */
  References(Map<String, Node> values, VariableNames declared, Problems problems) {
    this.values = values;
    this.declared = declared;
    this.problems = problems;
  }

  /** Returns a document with its references replaced. */
  Node.Mapping replace(Node.Mapping root) {
    return (Node.Mapping) replace(root, "");
  }

  private Node replace(Node node, String path) {
    if (node instanceof Node.Mapping map) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      map.entries()
          .forEach(
              (key, entry) ->
                  entries.put(
                      key,
                      new Entry(
                          entry.keyMark(),
                          replace(entry.value(), path.isEmpty() ? key : path + "." + key))));
      return new Node.Mapping(map.mark(), entries);
    }
    if (node instanceof Node.Sequence list) {
      List<Node> items = new ArrayList<>();
      for (Node item : list.items()) {
        Node replaced = replace(item, path + "." + items.size());
        if (item instanceof Node.Scalar && replaced instanceof Node.Sequence more) {
          items.addAll(more.items());
        } else {
          items.add(replaced);
        }
      }
      return new Node.Sequence(list.mark(), items);
    }
    return replace((Node.Scalar) node, path);
  }

  /** Returns a value with its references replaced. */
  Node replace(Node.Scalar scalar, String path) {
    if (!(scalar.value() instanceof String text) || !text.contains("{variables.")) {
      return scalar;
    }
    Matcher matcher = REFERENCE.matcher(text);
    if (matcher.matches()) {
      return value(matcher.group(1), scalar.mark(), path)
          .filter(node -> fits(node.count(), scalar.mark(), path))
          .orElse(scalar);
    }
    StringBuilder result = new StringBuilder();
    int end = 0;
    matcher.reset();
    while (matcher.find()) {
      Optional<String> replacement = text(matcher.group(1), scalar.mark(), path);
      if (replacement.isEmpty() || !fits(replacement.get().length(), scalar.mark(), path)) {
        return scalar;
      }
      result.append(text, end, matcher.start()).append(replacement.get());
      end = matcher.end();
    }
    String whole = result.append(text, end, text.length()).toString();
    return new Node.Scalar(scalar.mark(), whole, whole);
  }

  private boolean fits(int size, Location place, String path) {
    expanded += size;
    if (expanded > MAX_EXPANDED && !full) {
      full = true;
      error(
          place,
          path,
          "The values of variables have more than "
              + (MAX_EXPANDED >> 20)
              + " MiB where they are used",
          "Use fewer variables, or variables with shorter values");
    }
    return !full;
  }

  private Optional<String> text(String name, Location place, String path) {
    Optional<Node> value = value(name, place, path);
    if (value.isPresent() && !(value.get() instanceof Node.Scalar)) {
      error(
          place,
          path,
          "{variables." + name + "} is a list, which cannot be a part of a text",
          "Write it as a value of its own, or as an item of a list");
      return Optional.empty();
    }
    return value.map(node -> ((Node.Scalar) node).text());
  }

  private Optional<Node> value(String name, Location place, String path) {
    if (!declared.contains(name)) {
      error(
          place,
          path,
          "There is no variable {variables." + name + "}",
          declared.nearest(name).map(it -> "Did you mean {variables." + it + "}? ").orElse("")
              + "Declare it in `variables`, or write {{variables."
              + name
              + "}} for braces that are text");
    }
    return Optional.ofNullable(values.get(name));
  }

  private void error(Location place, String path, String message, String remedy) {
    problems.add(new Problem(Severity.ERROR, place, path, message, remedy));
  }
}
