/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.kvm.virtio;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.osgi.service.component.annotations.Component;

/** Adds the virtio modules of the manifest to the initramfs of the image. */
@Component
@TaskDefinition(
    description = "Installing virtio modules into the initramfs",
    phase = Phase.SYSTEM_MODIFICATION,
    successors = UpdateInitramfs.class)
public final class VirtIO implements Task {
  @Override
  public void run(Build build) throws IOException {
    String modules = String.join("\n", build.manifest().at("provider.virtio").texts());
    build.root().append("etc/initramfs-tools/modules", "\n" + modules + "\n");
  }
}
