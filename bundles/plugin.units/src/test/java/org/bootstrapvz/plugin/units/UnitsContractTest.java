/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.units;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class UnitsContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new UnitsPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.units.install", List.of(Map.of("name", "app.service", "src", "app.service")))
        .with("plugins.units.enable", List.of("app.service"))
        .with("plugins.units.mask", List.of("other.service"));
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(
        build.manifest().resolve("app.service"), "[Service]\nExecStart=/usr/bin/app\n");
    build.root().write("usr/bin/systemctl", "");
    build.root().write("usr/lib/systemd/system/app.service", "");
  }
}
