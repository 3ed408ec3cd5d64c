/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;

/**
 * Collects the variables that the layers of a manifest declare. A variable may be declared in
 * several layers: each of its parts is that of the layer with precedence.
 */
final class Declarations {
  private static final String KEY = "variables";
  private static final String DEFAULT = "default";

  private final Map<String, List<Value>> parts = new LinkedHashMap<>();
  private final Problems problems;

  Declarations(Problems problems) {
    this.problems = problems;
  }

  /** Adds the declarations of a layer that has no precedence over those added before. */
  void add(Layer layer) {
    Value variables = Value.root(layer.composition()).get(KEY);
    variables
        .entries()
        .keySet()
        .forEach(
            name -> parts.computeIfAbsent(name, key -> new ArrayList<>()).add(variables.get(name)));
    // An axis that nothing declares is a variable with the type of its first value.
    Value matrix = Value.root(layer.composition()).get(Matrix.KEY);
    for (String axis : matrix.entries().keySet()) {
      if (Matrix.isVariable(axis)) {
        parts
            .computeIfAbsent(axis, key -> new ArrayList<>())
            .add((Value) matrix.get(axis).items().get(0));
      }
    }
  }

  /** Returns the variables by name. Those with errors are reported and have no default. */
  Map<String, Declaration> variables() {
    Map<String, Declaration> variables = new LinkedHashMap<>();
    parts.forEach((name, declared) -> variables.put(name, declaration(name, declared)));
    return variables;
  }

  private Declaration declaration(String name, List<Value> declared) {
    Optional<Value> initial = part(declared, DEFAULT);
    Optional<Value> declaredType = part(declared, "type");
    VariableType type =
        declaredType
            .map(it -> VariableType.named(it.text()))
            .orElseGet(
                () -> initial.map(it -> VariableType.of(it.node())).orElse(VariableType.TEXT));
    if (type == VariableType.SECRET && initial.isPresent()) {
      problems.error(
          initial.get(),
          "A secret variable cannot have a default",
          "Remove it, and set the variable in a file given with --var-file, or in the environment");
      return new Declaration(name, declared.get(0), type, Optional.empty(), List.of(), true);
    }
    List<Node> choices = new ArrayList<>();
    part(declared, "choices")
        .ifPresent(
            list ->
                list.items().forEach(item -> choice((Value) item, type).ifPresent(choices::add)));
    Optional<Node> typed =
        initial
            .flatMap(it -> typed(it, type))
            .filter(value -> allowed(value, choices, initial.get()));
    return new Declaration(
        name,
        declared.get(0),
        type,
        typed,
        List.copyOf(choices),
        initial.isPresent() && typed.isEmpty());
  }

  /** A part of a declaration; one that is not a map is only a default. */
  private static Optional<Value> part(List<Value> declared, String key) {
    return declared.stream()
        .filter(each -> each.isMap() || key.equals(DEFAULT))
        .map(each -> each.isMap() ? each.get(key) : each)
        .filter(Value::exists)
        .findFirst();
  }

  /** The choices of a list are those of its items. */
  private Optional<Node> choice(Value item, VariableType type) {
    return type == VariableType.LIST ? Optional.of(item.node()) : typed(item, type);
  }

  private Optional<Node> typed(Value value, VariableType type) {
    Optional<Node> typed = type.convert(value.node());
    if (typed.isEmpty()) {
      problems.error(
          value,
          "The variable is of type "
              + type.name().toLowerCase(Locale.ROOT)
              + ", but this is not "
              + type.description,
          "Change the value or the type");
    }
    return typed;
  }

  private boolean allowed(Node value, List<Node> choices, ManifestValue place) {
    if (choices.isEmpty() || contains(choices, value)) {
      return true;
    }
    problems.error(place, "The default is not among the choices", "Allowed: " + shown(choices));
    return false;
  }

  /** Whether a value is one of the choices; of a list, each of its items. */
  static boolean contains(List<Node> choices, Node value) {
    List<?> known = choices.stream().map(Declarations::data).toList();
    return value instanceof Node.Sequence list
        ? list.items().stream().allMatch(item -> known.contains(data(item)))
        : known.contains(data(value));
  }

  static String shown(List<Node> choices) {
    return String.join(
        ", ",
        choices.stream()
            .map(choice -> choice instanceof Node.Scalar scalar ? scalar.text() : "a list")
            .toList());
  }

  private static String data(Node node) {
    return String.valueOf(Value.root(node).data());
  }
}
