/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;

class DockerDaemonContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new DockerDaemonPlugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest()
        .with("plugins.docker_daemon.docker_opts", "--log-driver journald")
        .with("plugins.docker_daemon.pull_images", List.of("debian:trixie", "tool.tar.gz"));
  }

  @Override
  protected void prepare(TestBuild build) throws IOException {
    Files.writeString(build.manifest().resolve("tool.tar.gz"), "an archive");
  }
}
