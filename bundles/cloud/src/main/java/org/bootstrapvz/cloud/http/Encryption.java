/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.net.URI;
import java.util.Set;

/** Decides which addresses may be spoken to without encryption: those of this machine. */
public final class Encryption {
  /** Link-local addresses of most clouds, and those of EC2 for containers and for IPv6. */
  private static final Set<String> METADATA_SERVERS =
      Set.of(
          "169.254.169.254",
          "169.254.170.2",
          "169.254.170.23",
          "[fd00:ec2::254]",
          "[fd00:ec2::23]");

  private Encryption() {}

  /** Returns whether an address is on this machine, so that nobody else can intercept it. */
  public static boolean isLoopback(URI address) {
    String host = String.valueOf(address.getHost());
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /**
   * Returns whether an address is that of the metadata server of a cloud, which the hypervisor
   * answers and which knows no encryption.
   */
  static boolean isMetadataServer(URI address) {
    return "http".equals(address.getScheme())
        && METADATA_SERVERS.contains(String.valueOf(address.getHost()));
  }

  /** Returns whether a request to this address is encrypted or does not leave this machine. */
  public static boolean isSafe(URI address) {
    return address.getHost() != null
        && ("https".equals(address.getScheme())
            || "http".equals(address.getScheme()) && isLoopback(address));
  }
}
