/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/**
 * A configuration in which Debian builds its kernel, chosen with {@code system.kernel}.
 *
 * <p>Source: the packages of Debian's source package linux.
 */
public enum KernelFlavour {
  /** Drivers for all hardware; every architecture and release has it. */
  GENERIC(""),
  /**
   * Drivers of clouds and of virtio only: smaller, and without AHCI, USB and graphics. amd64 from
   * buster on, arm64 from bullseye on.
   */
  CLOUD("cloud-"),
  /** With the real-time patches (PREEMPT_RT). */
  RT("rt-");

  private final String prefix;

  KernelFlavour(String prefix) {
    this.prefix = prefix;
  }

  /** The flavour that a manifest asks for, {@link #GENERIC} if it names none. */
  public static KernelFlavour of(Manifest manifest) {
    return valueOf(manifest.at("system.kernel").text(GENERIC.keyword()).toUpperCase(Locale.ROOT));
  }

  /** The spelling in manifests: {@code cloud}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of the package names before the architecture: {@code cloud-}. */
  String prefix() {
    return prefix;
  }
}
