/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of the machine that the build runs on, for people. */
final class HostName {
  private HostName() {}

  static String get() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
