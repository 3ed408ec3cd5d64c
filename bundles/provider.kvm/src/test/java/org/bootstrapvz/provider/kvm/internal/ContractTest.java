/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.kvm.internal;

import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new KvmProvider();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("provider.name", "kvm")
        .with("provider.console", "virtual")
        .with("provider.virtio", List.of("virtio_blk", "virtio_net"))
        .withPartition("root", "1GiB", "ext4");
  }
}
