/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new AzureProvider();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("provider.name", "azure")
        .with("provider.waagent.conf", "waagent.conf")
        .with("volume.backing", "vhd")
        .withPartition("root", "8GiB", "ext4");
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.createFile(build.manifest().resolve("waagent.conf"));
    build.root().write("etc/waagent.conf", "");
  }
}
