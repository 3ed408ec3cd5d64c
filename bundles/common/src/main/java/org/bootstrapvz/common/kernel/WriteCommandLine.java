/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Writes the kernel command line to {@code /etc/kernel/cmdline}, where systemd's tools and the
 * scripts in the image look for it. GRUB has a separate file.
 */
@Component
@TaskDefinition(
    description = "Writing the kernel's command line",
    phase = Phase.SYSTEM_MODIFICATION,
    requires = VolumeLayout.class,
    collects = KernelParameter.class,
    provides = KernelCommandLine.class)
public final class WriteCommandLine implements Task {
  @Override
  public void run(Build build) throws IOException {
    StringBuilder text = new StringBuilder("root=UUID=");
    text.append(build.require(VolumeLayout.class).root().uuid()).append(" ro");
    for (KernelParameter parameter : build.all(KernelParameter.class)) {
      text.append(' ').append(parameter.text());
    }
    build.root().write("etc/kernel/cmdline", text + "\n");
    build.provide(KernelCommandLine.class, new KernelCommandLine(text.toString()));
  }
}
