/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.net.URL;
import java.util.Objects;
import java.util.Set;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.VolumeTypes;

/** Checks the form of the keys that say how a manifest is composed. */
final class CompositionChecks {
  static final URL SCHEMA =
      Objects.requireNonNull(CompositionChecks.class.getResource("composition.json"));

  private final Schemas schemas;
  private final Problems problems;

  CompositionChecks(Schemas schemas, Problems problems) {
    this.schemas = schemas;
    this.problems = problems;
  }

  /** Whether the keys of a file have the right form; reports the errors. */
  boolean accept(Layer layer) {
    if (layer.composition().entries().isEmpty()) {
      return true;
    }
    try {
      Schemas.Compiled schema = schemas.compile(SCHEMA, VolumeTypes.NONE);
      Value value = Value.root(layer.composition());
      Schemas.Outcome outcome = Schemas.validate(schema, JsonNodes.of(value.node()));
      Set<Problem> faults =
          SchemaErrorMessages.of(outcome.errors(), schema.source(), value, Set.of());
      faults.forEach(problems::add);
      return faults.isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException("composition.json is not a schema", e);
    }
  }
}
