/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.volume.BiosBoot;
import org.bootstrapvz.volume.ImageFile;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/** Writes the part of GRUB that a BIOS starts into the volume, outside of its filesystems. */
@Component
@TaskDefinition(
    description = "Writing GRUB's boot code",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = Format.class,
    successors = ReleaseRoot.class,
    requires = {VolumeLayout.class, ImageFile.class, Root.class})
public final class EmbedGrub implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    BiosBoot.embed(
        build.require(VolumeLayout.class),
        build.require(ImageFile.class).path(),
        Files.readAllBytes(build.root().resolve(InstallGrub.BOOT_IMAGE)),
        Files.readAllBytes(build.root().resolve(InstallGrub.CORE_IMAGE)));
  }
}
