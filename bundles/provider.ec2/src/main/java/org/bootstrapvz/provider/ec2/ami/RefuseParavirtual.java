/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ami;

import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Refuses to build a paravirtual image: it would be built, and start nowhere. */
@Component
@TaskDefinition(description = "Refusing paravirtual images", phase = Phase.VALIDATION)
public final class RefuseParavirtual implements Task {
  /** Why, and what to do. */
  public static final String REASON = "EC2 offers no paravirtual machines any more";

  /** What to do. */
  public static final String REMEDY =
      "Set provider.virtualization to hvm, volume.backing to ebs and system.bootloader to grub on a"
          + " gpt; \"bootstrap-vz migrate\" does it";

  @Override
  public void run(Build build) throws BuildException {
    ManifestValue virtualization = build.manifest().at("provider.virtualization");
    throw new BuildException(
        virtualization.location() + ": " + virtualization.path() + ": " + REASON + ". " + REMEDY);
  }
}
