/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.osgi.service.component.annotations.Component;

/** Copies kernel, initramfs and command line out of the root. */
@Component
@TaskDefinition(
    description = "Copying the kernel",
    phase = Phase.VOLUME_UNMOUNTING,
    successors = ReleaseRoot.class,
    requires = {Root.class, KernelVersion.class, KernelCommandLine.class},
    provides = KernelFiles.class)
public final class CopyKernel implements Task {
  @Override
  public void run(Build build) throws IOException {
    KernelVersion version = build.require(KernelVersion.class);
    Path kernel = build.workspace().resolve("vmlinuz");
    Path initramfs = build.workspace().resolve("initrd");
    Path commandLine = build.workspace().resolve("cmdline");
    Files.copy(build.root().resolve(version.file()), kernel);
    Files.copy(build.root().resolve("boot/initrd.img-" + version.release()), initramfs);
    Files.writeString(commandLine, build.require(KernelCommandLine.class).text() + "\n");
    build.provide(
        KernelFiles.class,
        new KernelFiles(Map.of("vmlinuz", kernel, "initrd", initramfs, "cmdline", commandLine)));
  }
}
