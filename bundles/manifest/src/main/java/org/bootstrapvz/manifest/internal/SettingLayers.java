/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.manifest.internal.Node.Entry;

/** Makes layers of the settings of the command line that are not variables. */
final class SettingLayers {
  private final VariableNames variables;
  private final Problems problems;

  /**
   * @param variables the names of the variables of the manifest
   */
  SettingLayers(VariableNames variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /**
   * Returns a layer for each setting of a key.
   *
   * @param keys the keys that the manifest has
   */
  List<Node.Mapping> of(List<Setting> settings, Collection<String> keys) {
    List<Node.Mapping> layers = new ArrayList<>();
    for (Setting setting : settings) {
      if (setting.isVariable()) {
        if (!variables.contains(setting.variable())) {
          unknown(setting, setting.variable());
        }
      } else if (!variables.contains(setting.key()) && isKey(setting, keys)) {
        layer(setting).ifPresent(layers::add);
      }
    }
    return layers;
  }

  private boolean isKey(Setting setting, Collection<String> keys) {
    List<String> steps = List.of(setting.key().split("\\.", -1));
    if (steps.contains("") || steps.contains("+")) {
      error(
          setting,
          "`" + setting.key() + "` is not the path of a key",
          "Write keys with dots between them, for example system.release");
      return false;
    }
    if (Layer.isComposition(steps.get(0))) {
      error(
          setting,
          "The key `" + steps.get(0) + "` cannot be set from outside of the manifest",
          "Write it into the manifest or into its drop-in directory");
      return false;
    }
    if (steps.size() == 1
        && !keys.contains(setting.key())
        && variables.nearest(setting.key()).isPresent()) {
      unknown(setting, setting.key());
      return false;
    }
    return true;
  }

  private void unknown(Setting setting, String name) {
    error(setting, "There is no variable `" + name + "`", variables.remedy(name));
  }

  /** The value is a YAML document of its own: it cannot change the structure around it. */
  private Optional<Node.Mapping> layer(Setting setting) {
    Location place = OutsideValues.place(setting);
    Node value;
    try {
      Node parsed = YamlText.parse(place.file(), setting.value(), duplicate -> {});
      ForbiddenCharacters.check(parsed);
      value = parsed == null ? new Node.Scalar(place, "", null) : moved(parsed, place);
    } catch (SyntaxException e) {
      error(setting, String.valueOf(e.getMessage()), e.remedy);
      return Optional.empty();
    }
    return Optional.of(at(setting.key(), value));
  }

  /** Returns a layer for each axis of a matrix that is the path of a key. */
  static List<Node.Mapping> of(Map<String, Node> row) {
    return row.entrySet().stream()
        .filter(axis -> !Matrix.isVariable(axis.getKey()))
        .map(axis -> at(axis.getKey(), axis.getValue()))
        .toList();
  }

  private static Node.Mapping at(String path, Node value) {
    Node node = value;
    List<String> steps = new ArrayList<>(List.of(path.split("\\.")));
    while (!steps.isEmpty()) {
      String key = steps.remove(steps.size() - 1);
      node = new Node.Mapping(value.mark(), Map.of(key, new Entry(value.mark(), node)));
    }
    return (Node.Mapping) node;
  }

  /** Lines of an argument would not help anybody. */
  private static Node moved(Node node, Location place) {
    if (node instanceof Node.Mapping map) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      map.entries()
          .forEach((key, entry) -> entries.put(key, new Entry(place, moved(entry.value(), place))));
      return new Node.Mapping(place, entries);
    }
    if (node instanceof Node.Sequence list) {
      return new Node.Sequence(
          place, list.items().stream().map(item -> moved(item, place)).toList());
    }
    Node.Scalar scalar = (Node.Scalar) node;
    return new Node.Scalar(place, scalar.text(), scalar.value());
  }

  private void error(Setting setting, String message, String remedy) {
    problems.add(
        new Problem(Severity.ERROR, OutsideValues.place(setting), setting.key(), message, remedy));
  }
}
