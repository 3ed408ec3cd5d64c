/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.nio.file.Path;
import java.util.Map;

/**
 * Kernel, initramfs and command line next to the image, for booting it without a bootloader.
 *
 * @param files in the workspace, by the suffix of their names
 */
public record KernelFiles(Map<String, Path> files) {
  /** Files with an immutable copy of the map. */
  public KernelFiles {
    files = Map.copyOf(files);
  }
}
