/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Uses the instructions of the manifest unchanged; variables in them are Docker's. */
@Component
@TaskDefinition(
    description = "Adding the instructions of the manifest",
    phase = Phase.IMAGE_REGISTRATION,
    predecessors = PopulateLabels.class,
    provides = Instruction.class)
public final class AppendManifestDockerfile implements Task {
  /** Reports invalid instructions, and invalid values in valid ones. */
  public static void check(Manifest manifest, Problems problems) {
    ImageConfiguration configuration = new ImageConfiguration();
    for (ManifestValue item : manifest.at("provider.dockerfile").items()) {
      try {
        configuration.apply(Instruction.parse(item.text()));
      } catch (IllegalArgumentException e) {
        problems.error(item, String.valueOf(e.getMessage()), "");
      }
    }
  }

  @Override
  public void run(Build build) {
    for (String text : build.manifest().at("provider.dockerfile").texts()) {
      build.provide(Instruction.class, Instruction.parse(text));
    }
  }
}
