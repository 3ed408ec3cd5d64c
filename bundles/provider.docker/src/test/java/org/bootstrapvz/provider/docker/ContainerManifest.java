/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.provider.docker.internal.DockerProvider;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;

/** A valid manifest of the provider, and builds of it. */
public final class ContainerManifest {
  public static final String TEXT =
      """
      name: team/debian:{system.release}
      provider:
        name: docker
      bootstrapper:
        workspace: /target
        variant: minbase
      system:
        release: trixie
        architecture: amd64
        bootloader: none
        charmap: UTF-8
        locale: C
        timezone: UTC
      volume:
        backing: folder
        partitions:
          type: none
          root:
            filesystem: ext4
            size: 1GiB
      """;

  private ContainerManifest() {}

  /** The manifest with settings of the provider: indented lines, from line 4 on. */
  public static String with(String settings) {
    return TEXT.replace("name: docker\n", "name: docker\n" + settings);
  }

  /** A build in a directory, which runs commands, of the manifest with settings. */
  public static TestBuild build(String settings, Path folder) throws IOException {
    ManifestChecker checker = new ManifestChecker(new ManifestFiles(), folder);
    TestBuild build =
        new TestBuild(checker.check(with(settings), new DockerProvider(), ""), folder);
    build.host().running();
    assertEquals(List.of(), checker.problems());
    return build;
  }
}
