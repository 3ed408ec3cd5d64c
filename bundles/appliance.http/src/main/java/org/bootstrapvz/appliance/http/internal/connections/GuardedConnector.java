/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector that limits connections and closes those that are too slow. Jetty has an idle timeout
 * and a limit on connections, but a client that sends or receives one byte now and then is not
 * idle, and once the limit is reached, nobody else is let in.
 */
public final class GuardedConnector extends ServerConnector {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedConnector.class);

  private final ConnectionLimits limits;
  private final ConnectionTable table;
  private final Tally tally = new Tally(System::nanoTime);
  private volatile @Nullable ScheduledExecutorService thread;

  /** A connector of a server. */
  public GuardedConnector(
      Server server, ConnectionLimits limits, int selectors, ConnectionFactory... factories) {
    super(server, null, null, null, 1, selectors, factories);
    this.limits = limits;
    this.table = new ConnectionTable(limits);
  }

  @Override
  protected void doStart() throws Exception {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread created = new Thread(task, "bootstrap-vz connections");
              created.setDaemon(true);
              return created;
            });
    try {
      super.doStart();
    } catch (Exception e) {
      started.shutdownNow();
      throw e;
    }
    started.scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
    thread = started;
  }

  @Override
  protected void doStop() throws Exception {
    ScheduledExecutorService started = thread;
    if (started != null) {
      started.shutdownNow();
    }
    super.doStop();
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    GuardedEndPoint endPoint = new GuardedEndPoint(channel, selector, key, getScheduler(), limits);
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    if (endPoint instanceof GuardedEndPoint guarded) {
      table.opened(guarded).ifPresent(victim -> close(victim, "too many connections"));
    }
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    if (endPoint instanceof GuardedEndPoint guarded) {
      table.closed(guarded);
    }
    super.onEndPointClosed(endPoint);
  }

  /** Not in the thread of the selector, as closing a connection calls code of its request. */
  private void close(GuardedConnection connection, String reason) {
    ScheduledExecutorService started = thread;
    if (started != null) {
      try {
        started.execute(() -> closeNow(connection, reason));
      } catch (RejectedExecutionException e) {
        // The server is stopping, which closes all connections.
      }
    }
  }

  private void closeNow(GuardedConnection connection, String reason) {
    LOG.debug("Closing a connection from {}: {}", connection.address(), reason);
    tally.add(reason);
    ((GuardedEndPoint) connection).close(new ClosedConnectionException(reason));
  }

  private void check() {
    try {
      for (GuardedConnection connection : table.list()) {
        ((GuardedEndPoint) connection)
            .progress()
            .fault()
            .ifPresent(reason -> closeNow(connection, reason));
      }
      tally.due().ifPresent(counts -> LOG.warn("Closed connections of clients: {}", counts));
    } catch (RuntimeException e) {
      LOG.error("The connections could not be checked", e);
    }
  }
}
