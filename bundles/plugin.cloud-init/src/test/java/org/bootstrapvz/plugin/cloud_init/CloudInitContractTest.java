/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class CloudInitContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new CloudInitPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.cloud_init.username", "ada")
        .with("plugins.cloud_init.groups", List.of("docker"))
        .with("plugins.cloud_init.metadata_sources", "NoCloud, None")
        .with("plugins.cloud_init.disable_modules", List.of("mounts"))
        .with(
            "plugins.cloud_init.enable_modules.cloud_init_modules",
            List.of(Map.of("module", "bootcmd", "position", 2)));
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    build.root().write(ModuleLists.FILE, "cloud_init_modules:\n - mounts\n - ssh\n");
  }
}
