/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.bootstrapvz.appliance.api.access.Role;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connection whose progress is measured. */
final class GuardedEndPoint extends SocketChannelEndPoint implements Peer, GuardedConnection {
  private final Progress progress;
  private final String address;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Standing standing = Standing.UNKNOWN;

  GuardedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      ConnectionLimits limits)
      throws IOException {
    super(channel, selector, key, scheduler);
    progress = new Progress(limits, System::nanoTime);
    address = address(channel.getRemoteAddress());
  }

  private static String address(SocketAddress remote) {
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "";
  }

  Progress progress() {
    return progress;
  }

  /** Counts a request; returns the number of them. */
  int request() {
    return requests.incrementAndGet();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void identified(Role role) {
    if (role == Role.ADMIN) {
      standing = Standing.ADMIN;
    } else if (standing == Standing.UNKNOWN) {
      standing = Standing.USER;
    }
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public boolean busy() {
    return progress.busy();
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0) {
      progress.received(filled);
    }
    return filled;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    long before = remaining(buffers);
    boolean complete = super.flush(buffers);
    progress.sent(before - remaining(buffers), complete);
    return complete;
  }

  private static long remaining(ByteBuffer... buffers) {
    long bytes = 0;
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    return bytes;
  }
}
