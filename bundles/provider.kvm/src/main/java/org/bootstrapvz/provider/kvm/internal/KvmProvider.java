/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.kvm.internal;

import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.extension.ProviderDefinition;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.common.StandardTasks;
import org.bootstrapvz.common.kernel.AddKernelAndInit;
import org.bootstrapvz.common.packages.AddTimeSynchronization;
import org.bootstrapvz.common.ssh.AddOpenSSHPackage;
import org.bootstrapvz.provider.kvm.boot.SetSystemdTTYVTDisallocate;
import org.bootstrapvz.provider.kvm.boot.SetVirtualConsole;
import org.bootstrapvz.provider.kvm.virtio.VirtIO;
import org.osgi.service.component.annotations.Component;

/** Images for KVM and other software that boots a disk image: QEMU, libvirt, Proxmox. */
@Component
@ProviderDefinition(name = "kvm", description = "Disk images for KVM, QEMU and libvirt")
public final class KvmProvider implements Provider {
  @Override
  public void check(Manifest manifest, Problems problems) {
    StandardTasks.check(manifest, problems);
  }

  @Override
  public void selectTasks(TaskSet tasks, Manifest manifest) {
    StandardTasks.addTo(tasks, manifest);
    if (AddTimeSynchronization.isWanted(manifest)) {
      tasks.add(AddTimeSynchronization.class);
    }
    tasks.add(AddKernelAndInit.class).add(AddOpenSSHPackage.class);
    if (manifest.at("provider.virtio").exists()) {
      tasks.add(VirtIO.class);
    }
    if (manifest.at("provider.console").text("serial").equals("virtual")) {
      tasks.add(SetVirtualConsole.class).add(SetSystemdTTYVTDisallocate.class);
    }
  }
}
