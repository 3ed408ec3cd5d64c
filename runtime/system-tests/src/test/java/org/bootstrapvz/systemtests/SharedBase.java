/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One archive of the base system for all suites whose images can start from it. A build finds an
 * archive in its workspace by its name, which depends on everything that is in it. It includes the
 * kernel and other large packages, so that a build installs little more than its bootloader.
 */
final class SharedBase {
  /**
   * For {@link String#formatted}: the package of the kernel. A manifest with this, Debian trixie
   * and the kernel {@link #KERNEL} uses the archive.
   */
  static final String BOOTSTRAPPER =
      """
      bootstrapper:
        workspace: images
        variant: minbase
        tarball: true
        include_packages: [netbase, init, udev, dbus, zstd, openssh-server, locales, %s]
      """;

  /**
   * {@code system.kernel: cloud}. It has a quarter of the modules of the default kernel, so that
   * images are built and booted faster. The suites with the examples have the default kernel.
   */
  static final String KERNEL = "linux-image-cloud-amd64";

  private static final String MANIFEST =
      """
      name: shared-base
      provider: {name: kvm}
      %s
      system: {release: trixie, architecture: amd64, bootloader: none, charmap: UTF-8, locale: C, timezone: UTC}
      volume:
        backing: folder
        partitions: {type: none, root: {filesystem: ext4, size: 1536MiB}}
      """
          .formatted(BOOTSTRAPPER.formatted(KERNEL));

  private static Path archive;

  private SharedBase() {}

  /**
   * Puts the archive into the workspace of a suite, and returns its path there. The first suite
   * that asks waits for it.
   */
  static Path into(Distribution distribution) throws Exception {
    Path original = archive();
    Path images = Files.createDirectories(distribution.folder().resolve("images"));
    Path link = images.resolve(original.getFileName());
    if (!Files.exists(link)) {
      Files.createLink(link, original);
    }
    return link;
  }

  private static synchronized Path archive() throws Exception {
    if (archive == null) {
      Distribution distribution = new Distribution("shared-base");
      Path images = distribution.folder().resolve("images");
      Path manifest = distribution.manifest("shared-base.yml", MANIFEST);
      Distribution.Outcome built = distribution.run("build", manifest.toString());
      assertEquals(0, built.status(), built.output());
      DetachedImage.run("rm", "--recursive", images.resolve("shared-base.folder").toString());
      archive = onlyFile(images);
    }
    return archive;
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> found = files.toList();
      assertEquals(1, found.size(), found.toString());
      return found.get(0);
    }
  }
}
