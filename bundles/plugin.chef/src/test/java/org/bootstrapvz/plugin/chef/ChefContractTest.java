/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.chef;

import java.io.IOException;
import java.nio.file.Files;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class ChefContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new ChefPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().with("plugins.chef.assets", "chef");
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(
        Files.createDirectory(build.manifest().resolve("chef")).resolve("client.rb"), "");
  }
}
