/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;

/**
 * Chooses the parts of a layer that hold under conditions: {@code when} is a list of {@code if},
 * the values of variables, {@code then} and {@code else}. All variables must have the value, or one
 * of the values, that the condition names.
 */
final class Conditions {
  private final VariableValues variables;
  private final Problems problems;

  Conditions(VariableValues variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /** Returns the parts of a layer whose conditions hold, the last with precedence. */
  List<Node.Mapping> parts(Layer layer) {
    List<Node.Mapping> parts = new ArrayList<>();
    for (ManifestValue each : Value.root(layer.composition()).get("when").items()) {
      Value entry = (Value) each;
      for (String branch : List.of("then", "else")) {
        checkKeys(entry.get(branch));
      }
      Value part = entry.get(holds(entry.get("if")) ? "then" : "else");
      if (part.node() instanceof Node.Mapping map) {
        parts.add(map);
      }
    }
    return parts;
  }

  private void checkKeys(Value part) {
    for (Map.Entry<String, ManifestValue> entry : part.entries().entrySet()) {
      if (Layer.isComposition(entry.getKey())) {
        ManifestValue value = entry.getValue();
        problems.add(
            new Problem(
                Severity.ERROR,
                value.keyLocation(),
                value.path(),
                "The key `" + entry.getKey() + "` cannot depend on a condition",
                entry.getKey().equals("include")
                    ? "Include a file whose name has a variable, such as \"{variables.role}.yml\""
                    : "Write it at the top of the file"));
      }
    }
  }

  /** Checks all variables, so that all errors are reported. */
  private boolean holds(Value condition) {
    boolean holds = true;
    for (Map.Entry<String, ManifestValue> entry : condition.entries().entrySet()) {
      holds &= holds(entry.getKey(), (Value) entry.getValue());
    }
    return holds;
  }

  private boolean holds(String name, Value wanted) {
    if (!variables.names().contains(name)) {
      problems.add(
          new Problem(
              Severity.ERROR,
              wanted.keyLocation(),
              wanted.path(),
              "There is no variable `" + name + "`",
              variables.names().nearest(name).map(it -> "Did you mean `" + it + "`? ").orElse("")
                  + "A condition compares variables, which `variables` or `matrix` declare"));
      return false;
    }
    Node value = variables.values().get(name);
    if (value == null) {
      // Reported as a variable without a value.
      return false;
    }
    return wanted.isMap() ? !isOne(value, wanted.get("not")) : isOne(value, wanted);
  }

  private static boolean isOne(Node value, Value wanted) {
    List<String> accepted = texts(wanted.node()).toList();
    return texts(value).anyMatch(accepted::contains);
  }

  private static Stream<String> texts(Node node) {
    return node instanceof Node.Sequence list
        ? list.items().stream().flatMap(Conditions::texts)
        : Stream.of(((Node.Scalar) node).text());
  }
}
