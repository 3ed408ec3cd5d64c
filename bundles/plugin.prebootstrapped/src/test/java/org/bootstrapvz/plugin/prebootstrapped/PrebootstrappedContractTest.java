/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import java.nio.file.Files;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;

class PrebootstrappedContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new PrebootstrappedPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().with("plugins.prebootstrapped", Map.of());
  }

  @Override
  protected void prepare(TestBuild build) {
    build
        .host()
        .answering(
            command -> command.toString().startsWith("tar --create"),
            command -> {
              Files.writeString(build.workspace().resolve("prebootstrapped.tar"), "an archive");
              return TestSandbox.result(0);
            });
  }
}
