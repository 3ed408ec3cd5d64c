/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.debconf;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class DebconfContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new DebconfPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .withSecret("plugins.debconf", "shop shop/password password lovelace-1815");
  }
}
