/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.internal;

import org.bootstrapvz.api.manifest.Manifest;

/** How Debian's packages name the kernel of an architecture. */
public final class Kernel {
  private Kernel() {}

  /** The end of the names of its packages. */
  public static String flavour(Manifest manifest) {
    return manifest.architecture().equals("i386") ? "686-pae" : manifest.architecture();
  }

  /** What {@code uname -m} says of it. */
  public static String machine(Manifest manifest) {
    return manifest.architecture().equals("i386") ? "i686" : "x86_64";
  }
}
