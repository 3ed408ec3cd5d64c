/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.image.StreamOptimizedDisk;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;

class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new VagrantPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().with("volume.backing", "vmdk").with("plugins.vagrant", Map.of());
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Path disk = Files.createFile(build.workspace().resolve("disk.vmdk"));
    build.provide(StreamOptimizedDisk.class, new StreamOptimizedDisk(disk, Bytes.mebibytes(1024)));
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("tar"),
            command -> {
              Files.createFile(build.workspace().resolve("vagrant.box"));
              return TestSandbox.result(0);
            });
  }
}
