/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;

/** Plans the images that a manifest describes. */
public final class MatrixPlans {
  private MatrixPlans() {}

  /**
   * An image.
   *
   * @param source where its manifest is read from
   * @param planning the outcome of planning it
   */
  public record Image(ManifestSource source, Planning planning) {
    /** Returns the manifest and the row of its matrix, for people. */
    public String name() {
      return source.file() + (source.row().isEmpty() ? "" : " (" + source.rowText() + ")");
    }
  }

  /** Plans each image. Two images that would replace each other are an error. */
  public static List<Image> of(Planner planner, List<ManifestSource> rows) {
    List<Image> images = new ArrayList<>();
    Map<String, ManifestSource> files = new HashMap<>();
    for (ManifestSource row : rows) {
      Planning planning = planner.plan(row);
      Optional<Manifest> manifest = planning.plan().map(plan -> plan.manifest());
      Optional<ManifestSource> other =
          manifest.flatMap(it -> Optional.ofNullable(files.putIfAbsent(file(it), row)));
      images.add(
          new Image(
              row,
              other.map(it -> replacing(planning, manifest.orElseThrow(), it)).orElse(planning)));
    }
    return images;
  }

  private static String file(Manifest manifest) {
    return manifest.at("bootstrapper.workspace").text("") + "\n" + manifest.name();
  }

  private static Planning replacing(Planning planning, Manifest manifest, ManifestSource other) {
    List<Problem> problems = new ArrayList<>(planning.problems());
    problems.add(
        new Problem(
            Problem.Severity.ERROR,
            manifest.at("name").location(),
            "name",
            "The image has the same name as that of " + other.rowText() + ": " + manifest.name(),
            "Write the axes of the matrix into the name, for example web-{system.release}"));
    return new Planning(Optional.empty(), problems, planning.hostFiles());
  }
}
