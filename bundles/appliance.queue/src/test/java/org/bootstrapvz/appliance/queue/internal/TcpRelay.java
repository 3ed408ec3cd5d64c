/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between an appliance and its database, which a test can cut. */
final class TcpRelay implements AutoCloseable {
  /** How a network is cut. */
  enum Cut {
    /** All connections are reset, and new ones are as soon as they are made. */
    RESET,
    /** All connections stay open, and nothing arrives any more, as behind a firewall. */
    SILENCE
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Guarded by this. */
  private boolean silent;

  /** Guarded by this. */
  private boolean resetting;

  /** A relay to a port of the loopback interface. */
  TcpRelay(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        connect(server.accept());
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  private void connect(Socket near) {
    sockets.add(near);
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      start(() -> relay(near, far));
      start(() -> relay(far, near));
    } catch (IOException e) {
      resetAll(); // the database is not there
    }
    if (isResetting()) {
      resetAll();
    }
  }

  private synchronized boolean isResetting() {
    return resetting;
  }

  private void relay(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        awaitNoise();
        out.write(buffer, 0, length);
      }
    } catch (IOException | InterruptedException e) {
      // It was cut, or closed.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private synchronized void awaitNoise() throws InterruptedException {
    while (silent) {
      wait();
    }
  }

  private void resetAll() {
    for (Socket socket : sockets) {
      try (socket) {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already.
      }
    }
  }

  /** Cuts it until it is mended. */
  void cut(Cut how) {
    synchronized (this) {
      silent = how == Cut.SILENCE;
      resetting = how == Cut.RESET;
    }
    if (how == Cut.RESET) {
      resetAll();
    }
  }

  /** Works again; connections that were silent are reset, as a firewall forgets them. */
  void mend() {
    resetAll();
    synchronized (this) {
      silent = false;
      resetting = false;
      notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    mend();
  }
}
