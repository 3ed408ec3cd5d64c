/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.unattended_upgrades;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class UnattendedUpgradesContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new UnattendedUpgradesPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.unattended_upgrades.update_interval", 1)
        .with("plugins.unattended_upgrades.download_interval", 2)
        .with("plugins.unattended_upgrades.upgrade_interval", 3);
  }
}
