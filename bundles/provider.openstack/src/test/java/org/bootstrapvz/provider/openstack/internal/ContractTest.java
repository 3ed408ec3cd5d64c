/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.internal;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new OpenstackProvider();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("provider.name", "openstack")
        .withPartition("root", "8GiB", "ext4");
  }
}
