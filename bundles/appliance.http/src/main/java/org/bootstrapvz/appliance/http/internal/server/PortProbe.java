/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Checks whether the server can listen on an address. The server itself reports a port that is in
 * use only in a log.
 */
final class PortProbe {
  private PortProbe() {}

  /**
   * Checks a port, or chooses a free one.
   *
   * @param port 0 for any free port
   * @return the port
   * @throws IOException if the server cannot listen there; the message is a sentence for people
   */
  static int probe(String address, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "Cannot listen on " + address + ", port " + port + ": " + e.getMessage(), e);
    }
  }
}
