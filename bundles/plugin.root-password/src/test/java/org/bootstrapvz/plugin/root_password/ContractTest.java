/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.root_password;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new RootPasswordPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().withSecret("plugins.root_password.password", "hunter2");
  }
}
