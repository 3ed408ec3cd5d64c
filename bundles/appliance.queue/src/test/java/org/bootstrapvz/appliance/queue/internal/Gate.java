/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where builds of tests report that they have begun, and wait until they are let through; also
 * those in other processes.
 */
final class Gate implements AutoCloseable {
  private final ServerSocket server;
  private final List<Arrival> open = new ArrayList<>();

  Gate() throws IOException {
    server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
  }

  /** A line for manifests of builds that shall wait here. */
  String line() {
    return "gate: " + server.getLocalPort() + "\n";
  }

  /** A build that waits. */
  static final class Arrival implements AutoCloseable {
    private final Socket socket;
    private final String folder;

    private Arrival(Socket socket) throws IOException {
      this.socket = socket;
      this.folder = readLine(socket);
    }

    private static String readLine(Socket socket) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int read = socket.getInputStream().read(); read > '\n'; ) {
        line.append((char) read);
        read = socket.getInputStream().read();
      }
      return line.toString();
    }

    /** The number of the build. */
    long build() {
      return Long.parseLong(folder.split("[ .]")[0]);
    }

    /** The process it runs in. */
    long process() {
      return Long.parseLong(folder.substring(folder.indexOf(' ') + 1));
    }

    void letThrough() throws IOException {
      socket.getOutputStream().write('\n');
      close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** The next build that begins. */
  Arrival next() throws IOException {
    Arrival arrival = new Arrival(server.accept());
    open.add(arrival);
    return arrival;
  }

  /** Whether a build is waiting that nobody asked for yet; does not wait for one. */
  boolean isAnybodyWaiting() throws IOException {
    server.setSoTimeout(1);
    try {
      next();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      server.setSoTimeout(0);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Arrival arrival : open) {
      arrival.close();
    }
  }

  /** The build's side: comes here and waits; throws if it is interrupted or the gate closes. */
  static void pass(int port, String build) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      channel.write(
          ByteBuffer.wrap(
              (build + " " + ProcessHandle.current().pid() + "\n")
                  .getBytes(StandardCharsets.US_ASCII)));
      if (channel.read(ByteBuffer.allocate(1)) != 1) {
        throw new IOException("The gate was closed");
      }
    }
  }
}
