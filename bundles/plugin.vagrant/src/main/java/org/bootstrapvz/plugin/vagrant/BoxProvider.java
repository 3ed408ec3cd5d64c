/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/** What Vagrant runs a box with. */
enum BoxProvider {
  VIRTUALBOX("virtualbox", "vmdk"),
  LIBVIRT("kvm", "qcow2");

  private final String imageProvider;
  private final String backing;

  BoxProvider(String imageProvider, String backing) {
    this.imageProvider = imageProvider;
    this.backing = backing;
  }

  /** The one a manifest asks for. */
  static BoxProvider of(Manifest manifest) {
    return valueOf(
        manifest
            .at("plugins.vagrant.provider")
            .text(VIRTUALBOX.toString())
            .toUpperCase(Locale.ROOT));
  }

  /** The one that runs images of a provider of the project. */
  static BoxProvider madeFrom(String imageProvider) {
    return imageProvider.equals(LIBVIRT.imageProvider) ? LIBVIRT : VIRTUALBOX;
  }

  /** The provider whose images are packed. */
  String imageProvider() {
    return imageProvider;
  }

  /** The backing the volume must have. */
  String backing() {
    return backing;
  }

  /** As manifests and boxes write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
