/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

/**
 * The version of the kernel that the image boots.
 *
 * @param release the output of {@code uname -r}: {@code 6.12.48+deb13-amd64}
 * @param file the path of the kernel in the image: {@code boot/vmlinuz-6.12.48+deb13-amd64}
 */
public record KernelVersion(String release, String file) {
  /** A compressed kernel, as for all architectures but riscv64. */
  public KernelVersion(String release) {
    this(release, "boot/vmlinuz-" + release);
  }
}
