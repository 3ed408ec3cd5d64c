/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.file_copy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class FileCopyContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new FileCopyPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.file_copy.mkdirs", List.of(Map.of("dir", "/srv/data", "owner", "1000")))
        .with("plugins.file_copy.trees", List.of(Map.of("src", "tree", "owner", "1000")))
        .with("plugins.file_copy.files", List.of(Map.of("src", "motd", "dst", "/etc/motd")));
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(build.manifest().resolve("motd"), "Hello\n");
    Files.createDirectories(build.manifest().resolve("tree/srv"));
  }
}
