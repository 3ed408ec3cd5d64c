/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The port of the server. It outlives the configuration: if any free port is wanted, the one that
 * was chosen first is kept when other settings change. Immediate, so that the container keeps it
 * while nothing refers to it.
 */
@Component(service = UsedPort.class, immediate = true)
public final class UsedPort {
  /** Guarded by this, as the rest. */
  private String address = "";

  private int port;

  /** Called by the container. */
  @Activate
  public UsedPort() {}

  /**
   * Chooses the port. If nothing changed, it is not checked, as it may be in use by the server.
   *
   * @param wanted 0 for any free port
   * @throws IOException if the server cannot listen there; the message is a sentence for people
   */
  synchronized void choose(String host, int wanted) throws IOException {
    if (port != 0 && host.equals(address) && (wanted == 0 || wanted == port)) {
      return;
    }
    try {
      port = PortProbe.probe(host, wanted);
      address = host;
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + ". Set another port or address in " + HttpConfiguration.PID + ".cfg", e);
    }
  }

  /** The chosen port; 0 before. */
  synchronized int port() {
    return port;
  }
}
