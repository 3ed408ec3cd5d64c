/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.net.URI;

/** Decides which addresses may be spoken to without encryption: those of this machine. */
public final class Encryption {
  private Encryption() {}

  /** Returns whether an address is on this machine, so that nobody else can intercept it. */
  public static boolean isLoopback(URI address) {
    String host = String.valueOf(address.getHost());
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /**
   * Returns whether an address is that of the metadata service which a cloud gives its machines and
   * containers. It is link-local: the request reaches the hypervisor, and no other network.
   */
  static boolean isMetadataService(URI address) {
    String host = String.valueOf(address.getHost());
    return "http".equals(address.getScheme())
        && (host.matches("169\\.254\\.\\d{1,3}\\.\\d{1,3}")
            || host.equals("[fd00:ec2::254]")
            || host.equals("[fd00:ec2::23]"));
  }

  /** Returns whether a request to this address is encrypted or does not leave this machine. */
  public static boolean isSafe(URI address) {
    return address.getHost() != null
        && ("https".equals(address.getScheme())
            || "http".equals(address.getScheme()) && isLoopback(address));
  }
}
