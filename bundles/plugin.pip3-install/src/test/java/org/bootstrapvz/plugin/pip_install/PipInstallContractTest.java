/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class PipInstallContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new PipInstallPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.pip_install.packages", List.of("hello"))
        .with("plugins.pip_install.virtualenv", "/opt/hello")
        .with("plugins.pip_install.index", "wheels");
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Path wheels = Files.createDirectory(build.manifest().resolve("wheels"));
    Files.writeString(wheels.resolve("hello-1.0-py3-none-any.whl"), "a wheel");
  }
}
