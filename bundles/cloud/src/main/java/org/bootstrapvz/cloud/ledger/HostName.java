/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of the machine that the build runs on, for people. */
public final class HostName {
  private HostName() {}

  /** Returns the name; {@code unknown} if the kernel does not tell it. */
  public static String get() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
