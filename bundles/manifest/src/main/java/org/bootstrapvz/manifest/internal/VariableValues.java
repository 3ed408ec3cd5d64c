/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Secret;

/**
 * The variables of a manifest with their values.
 *
 * @param values the values by name, of those that have one
 * @param names the names of all
 * @param secrets the values that must not be shown
 */
record VariableValues(Map<String, Node> values, VariableNames names, List<Secret> secrets) {

  /**
   * Chooses the value of each variable: from outside, or the default. Reports those without one.
   */
  static VariableValues of(
      Map<String, Declaration> declared, OutsideValues outside, Problems problems) {
    Map<String, Node> values = new LinkedHashMap<>();
    List<Secret> secrets = new ArrayList<>();
    for (Declaration variable : declared.values()) {
      Optional<Node> value =
          outside.has(variable.name()) ? outside.value(variable, problems) : variable.initial();
      value.ifPresent(it -> values.put(variable.name(), it));
      if (variable.type() == VariableType.SECRET) {
        value.ifPresent(it -> secrets.add(Secret.of(((Node.Scalar) it).text())));
      }
      if (!variable.isFaulty() && !outside.has(variable.name()) && value.isEmpty()) {
        problems.error(
            variable.where(),
            "The variable `" + variable.name() + "` has no value",
            remedy(variable));
      }
    }
    return new VariableValues(values, new VariableNames(declared.keySet()), secrets);
  }

  private static String remedy(Declaration variable) {
    String environment =
        ManifestSource.ENVIRONMENT_PREFIX + variable.name().toUpperCase(Locale.ROOT);
    return variable.type() == VariableType.SECRET
        ? "Set it in a file given with --var-file, or in the environment variable " + environment
        : "Give it a default, or set it with --set "
            + variable.name()
            + "=VALUE, in a file given with --var-file, or in the environment variable "
            + environment;
  }

  /** Replaces references to the variables. */
  References references(Problems problems) {
    return new References(values, names, problems);
  }
}
