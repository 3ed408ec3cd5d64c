/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

class AptProxyContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new AptProxyPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.apt_proxy.address", "127.0.0.1")
        .with("plugins.apt_proxy.port", 9)
        .with("plugins.apt_proxy.username", "ada")
        .withSecret("plugins.apt_proxy.password", "lovelace-1815");
  }
}
