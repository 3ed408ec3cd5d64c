/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.RootMount;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Writes the menu of GRUB with update-grub of the image. Scripts answer its queries about devices.
 * They stay mounted, so that a command in the manifest can run it again.
 */
@Component
@TaskDefinition(
    description = "Writing GRUB's menu",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = {InstallGrub.class, UpdateInitramfs.class},
    requires = VolumeLayout.class,
    provides = RootMount.class)
public final class UpdateGrub implements Task {
  private static final String MENU = "boot/grub/grub.cfg";
  private static final Pattern KERNEL = Pattern.compile("(?m)^\\s*linux\\S*\\s+/");

  @Override
  public void run(Build build) throws BuildException, IOException {
    VolumeLayout layout = build.require(VolumeLayout.class);
    cover(build, "usr/sbin/grub-probe", GrubStubs.probe(layout));
    cover(build, "usr/bin/grub-mkrelpath", GrubStubs.makeRelativePath(layout));
    build.root().write(GrubStubs.device(layout.root()), "");
    build.root().run(Command.of("update-grub"));
    if (!KERNEL.matcher(build.root().read(MENU)).find()) {
      throw new BuildException(
          "GRUB's menu has no entry for Linux: there is no kernel in the image's /boot. Add a kernel"
              + " package to packages.install");
    }
  }

  /** The script is next to the root, on the same filesystem, which is not mounted noexec. */
  private static void cover(Build build, String command, String script)
      throws BuildException, IOException {
    if (!build.root().isFile(command)) {
      throw new BuildException(
          "The image has no /" + command + ", which the package grub-common brings");
    }
    Path stub = build.root().path().resolveSibling(Path.of(command).getFileName());
    Path outside = build.sandbox().outside(stub);
    Files.writeString(outside, script);
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path target = build.root().path().resolve(command);
    build.provide(
        RootMount.class,
        new RootMount(
            build.acquire(
                ResourceSpec.mount(target, "a script"),
                () ->
                    build.run(Command.of("mount", "--bind", stub.toString(), target.toString())))));
  }
}
