/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problems;

/**
 * Composes the effective manifest from its files: reads them as layers and merges these. See
 * decision 20.
 */
final class Composer {
  private final Schemas schemas;

  Composer(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * Returns the effective manifest.
   *
   * @param text the text of the manifest's file
   * @return empty if it cannot be read
   */
  Optional<Node.Mapping> compose(ManifestSource source, String text, Problems problems) {
    CompositionChecks checks = new CompositionChecks(schemas, problems);
    List<Layer> layers = new LayerFiles(source, checks, problems).read(text);
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LayerMerge(problems).merge(layers.stream().map(Layer::content).toList()));
  }
}
