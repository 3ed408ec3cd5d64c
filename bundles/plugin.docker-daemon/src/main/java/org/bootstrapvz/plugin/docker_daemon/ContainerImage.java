/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.docker_daemon;

import java.util.List;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;

/**
 * A container image that Docker has from its first start on.
 *
 * @param setting its name in a registry, or the path of its archive on the host
 */
record ContainerImage(ManifestValue setting) {
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tar|tar\\.gz|tgz)");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?/.*");

  /** Returns the images of a manifest, in their order. */
  static List<ContainerImage> of(Manifest manifest) {
    return manifest.at(DockerDaemonPlugin.SETTINGS).get("pull_images").items().stream()
        .map(ContainerImage::new)
        .toList();
  }

  /** Returns whether it is an archive of the host. */
  boolean isFile() {
    return ARCHIVE.matcher(setting.text()).matches();
  }

  /** Returns the name in a registry. */
  String name() {
    return setting.text();
  }

  /** Returns whether its registry is on this machine, where Docker does without encryption, too. */
  boolean isOnThisMachine() {
    return LOOPBACK.matcher(name()).matches();
  }

  /**
   * Returns the name that the image has in Docker, with its tag; empty for an image that is named
   * by its digest only, which Docker shows without a name.
   */
  String nameInDocker() {
    String[] parts = name().split("@", 2);
    boolean tagged = parts[0].lastIndexOf(':') > parts[0].lastIndexOf('/');
    if (tagged) {
      return parts[0];
    }
    return parts.length == 1 ? parts[0] + ":latest" : "";
  }

  /** Returns the name of its archive in the image. */
  String archive(int number) {
    String last = name().replaceFirst("@.*", "").replaceFirst(".*/", "");
    return "%02d-%s.tar".formatted(number, isFile() ? "image" : last.replace(':', '-'));
  }
}
