/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/** The providers of Vagrant that run a box. */
enum BoxProvider {
  VIRTUALBOX("virtualbox", "vmdk"),
  LIBVIRT("kvm", "qcow2");

  private final String imageProvider;
  private final String backing;

  BoxProvider(String imageProvider, String backing) {
    this.imageProvider = imageProvider;
    this.backing = backing;
  }

  /** The provider that a manifest selects. */
  static BoxProvider of(Manifest manifest) {
    return valueOf(
        manifest
            .at("plugins.vagrant.provider")
            .text(VIRTUALBOX.toString())
            .toUpperCase(Locale.ROOT));
  }

  /** The provider that runs images of a bootstrap-vz provider. */
  static BoxProvider madeFrom(String imageProvider) {
    return imageProvider.equals(LIBVIRT.imageProvider) ? LIBVIRT : VIRTUALBOX;
  }

  /** The bootstrap-vz provider whose images are packed. */
  String imageProvider() {
    return imageProvider;
  }

  /** The required format of the volume. */
  String backing() {
    return backing;
  }

  /** The spelling in manifests and boxes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
