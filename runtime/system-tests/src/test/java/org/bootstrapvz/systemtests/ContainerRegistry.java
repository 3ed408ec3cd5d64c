/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/** An empty registry of container images on 127.0.0.1, without encryption and passwords. */
final class ContainerRegistry implements AutoCloseable {
  private final Distribution.Running server;
  private final String address;

  private ContainerRegistry(Distribution.Running server, String address) {
    this.server = server;
    this.address = address;
  }

  /** Starts it; its files are in the directory of a suite. */
  static ContainerRegistry start(Distribution distribution) throws Exception {
    String address;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + socket.getLocalPort();
    }
    Path configuration =
        distribution.manifest(
            "registry.yaml",
            """
            version: 0.1
            storage: {filesystem: {rootdirectory: "%s/registry"}}
            http: {addr: "%s"}
            """
                .formatted(distribution.folder(), address));
    Distribution.Running server =
        distribution.start(List.of("docker-registry", "serve", configuration.toString()));
    server.await(line -> line.contains("listening on"));
    return new ContainerRegistry(server, address);
  }

  String address() {
    return address;
  }

  @Override
  public void close() throws IOException {
    try {
      server.signal("TERM");
      server.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.close();
    }
  }
}
