/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.image.StreamOptimizedDisk;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;

class ContractTest extends ExtensionContract {
  private static final String KERNEL = "6.12.1-amd64";

  @Override
  protected Extension extension() {
    return new VirtualBoxProvider();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("provider.guest_additions", "additions.iso")
        .with("provider.ova", true)
        .with("volume.backing", "vmdk")
        .withPartition("root", "1GiB", "ext4");
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.createFile(build.manifest().resolve("additions.iso"));
    Path disk = Files.createFile(build.workspace().resolve("disk.vmdk"));
    build.provide(StreamOptimizedDisk.class, new StreamOptimizedDisk(disk, Bytes.mebibytes(1024)));
    build.provide(KernelVersion.class, new KernelVersion(KERNEL));
    build.root().makeDirectory("lib/modules/" + KERNEL + "/build", 0755);
    build
        .host()
        .answering("find", "/lib/modules/" + KERNEL + "/misc/vboxguest.ko")
        .answering(
            command -> command.toString().contains("machine.ova"),
            command -> {
              Files.createFile(build.workspace().resolve("machine.ova"));
              return TestSandbox.result(0);
            });
  }
}
