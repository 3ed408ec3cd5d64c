/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class SaltContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new SaltPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.salt.install_source", "stable")
        .with("plugins.salt.version", "3006.9")
        .with("plugins.salt.master", "salt.example.org")
        .with("plugins.salt.grains", Map.of("role", "web"));
  }

  @Override
  protected void prepare(TestBuild build) {
    build.host().answering("dpkg-query", "3006.9");
  }
}
