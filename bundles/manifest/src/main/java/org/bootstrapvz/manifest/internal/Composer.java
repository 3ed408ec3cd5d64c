/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Secret;

/** Composes the effective manifest from its files, variables and settings. See decision 20. */
final class Composer {
  private final Schemas schemas;

  Composer(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * The effective manifest.
   *
   * @param root its document
   * @param isComposed whether it has more than the text of the manifest's file
   * @param secrets the values of secret variables
   */
  record Composed(Node.Mapping root, boolean isComposed, List<Secret> secrets) {}

  /** Returns the rows of the matrix of a manifest; one without values if it has no matrix. */
  List<Map<String, String>> rows(ManifestSource source, String text) {
    Problems ignored = problem -> {};
    return DocumentFile.map(source.file(), text, LayerFiles.KIND, Optional.empty(), ignored)
        .map(map -> Layer.of(source.file(), map))
        .filter(new CompositionChecks(schemas, ignored)::accept)
        .map(layer -> Matrix.of(layer).rows())
        .filter(rows -> !rows.isEmpty())
        .orElse(List.of(Map.of()));
  }

  /**
   * Composes the effective manifest.
   *
   * @param text the text of the manifest's file
   * @return empty if a file cannot be read, or a variable or setting has an error: what the schemas
   *     say of the rest would only follow from that
   */
  Optional<Composed> compose(ManifestSource source, String text, Problems problems) {
    boolean[] faulty = {false};
    Problems ofVariables =
        problem -> {
          faulty[0] |= problem.severity() == Problem.Severity.ERROR;
          problems.add(problem);
        };
    CompositionChecks checks = new CompositionChecks(schemas, problems);
    OutsideValues outside = new OutsideValues(source, ofVariables);
    LayerFiles files = new LayerFiles(source, checks, outside, problems);
    List<Layer> layers = files.read(text);
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    Declarations declarations = new Declarations(ofVariables);
    for (int i = layers.size() - 1; i >= 0; i--) {
      declarations.add(layers.get(i));
    }
    VariableValues variables = VariableValues.of(declarations.variables(), outside, ofVariables);
    outside.checkNames(variables.names());
    files.checkPaths(variables);

    List<Node.Mapping> all = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    Conditions conditions = new Conditions(variables, ofVariables);
    for (Layer layer : layers) {
      all.add(layer.content());
      all.addAll(conditions.parts(layer));
      keys.addAll(layer.content().entries().keySet());
    }
    SettingLayers settings = new SettingLayers(variables.names(), ofVariables);
    all.addAll(settings.of(source.settings(), keys));
    all.addAll(SettingLayers.of(files.row()));
    Node.Mapping merged = new LayerMerge(problems).merge(all);
    Node.Mapping root = variables.references(ofVariables).replace(merged);
    return faulty[0]
        ? Optional.empty()
        : Optional.of(
            new Composed(
                root,
                all.size() > 1 || !layers.get(0).composition().entries().isEmpty(),
                variables.secrets()));
  }
}
