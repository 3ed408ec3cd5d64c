/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.init;

import java.util.Locale;

/** The platforms whose images this machine can start, so that their user can log in. */
enum Platform {
  KVM("KVM and QEMU", "qcow2"),
  DOCKER("Docker and other container engines", "folder");

  final String title;
  final String backing;

  Platform(String title, String backing) {
    this.title = title;
    this.backing = backing;
  }

  /** The name of its provider. */
  String provider() {
    return name().toLowerCase(Locale.ROOT);
  }
}
