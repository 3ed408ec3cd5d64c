/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.guest_additions;

import java.nio.file.Path;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Checks that the ISO image in the manifest is one of VirtualBox's guest additions. */
@Component
@TaskDefinition(
    description = "Checking the image of the guest additions",
    phase = Phase.VALIDATION,
    commands = "bsdtar (libarchive-tools)")
public final class CheckGuestAdditionsPath implements Task {
  /** The installer for Linux in the ISO image. */
  static final String INSTALLER = "VBoxLinuxAdditions.run";

  @Override
  public void run(Build build) throws BuildException {
    Path iso = iso(build.manifest());
    try {
      build.run(Command.of("bsdtar", "--list", "--file", iso.toString(), INSTALLER));
    } catch (CommandException e) {
      ManifestValue where = build.manifest().at("provider.guest_additions");
      throw new BuildException(
          where.location()
              + ": "
              + where.path()
              + ": "
              + (iso.toFile().isFile()
                  ? iso
                      + " is not an ISO image of VirtualBox's guest additions: it has no "
                      + INSTALLER
                  : "there is no file " + iso),
          e);
    }
  }

  /** The ISO image in the manifest. */
  static Path iso(Manifest manifest) {
    return manifest.resolve(manifest.at("provider.guest_additions"));
  }
}
