/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import org.bootstrapvz.api.manifest.Manifest;

/** The software that configures the network interfaces of an image. */
public enum NetworkConfiguration {
  /** ifupdown with a DHCP client. */
  IFUPDOWN("ifupdown"),
  /** systemd-networkd with systemd-resolved. */
  SYSTEMD_NETWORKD("systemd-networkd");

  private final String name;

  NetworkConfiguration(String name) {
    this.name = name;
  }

  /**
   * Returns the value of {@code system.network}; by default systemd-networkd from trixie on,
   * ifupdown before.
   */
  public static NetworkConfiguration of(Manifest manifest) {
    String wanted =
        manifest
            .at("system.network")
            .text(manifest.release().atLeast(13) ? SYSTEMD_NETWORKD.name : IFUPDOWN.name);
    return wanted.equals(IFUPDOWN.name) ? IFUPDOWN : SYSTEMD_NETWORKD;
  }
}
