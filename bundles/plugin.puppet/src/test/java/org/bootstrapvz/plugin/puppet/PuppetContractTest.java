/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class PuppetContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new PuppetPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.puppet.assets", "assets")
        .with("plugins.puppet.manifest", "site.pp")
        .with(
            "plugins.puppet.install_modules",
            List.of(List.of("puppetlabs-stdlib", "9.0.0"), List.of("./motd")))
        .with("plugins.puppet.enable_agent", true);
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Path assets = Files.createDirectories(build.manifest().resolve("assets/puppet"));
    Files.writeString(assets.resolve("puppet.conf"), "[agent]\n");
    Files.createDirectories(build.manifest().resolve("motd/manifests"));
    Files.writeString(build.manifest().resolve("site.pp"), "notice('Hello')\n");
  }
}
