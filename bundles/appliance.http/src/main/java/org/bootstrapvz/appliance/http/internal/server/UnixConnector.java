/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import jdk.net.ExtendedSocketOptions;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.appliance.http.internal.security.LocalCaller;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts HTTP connections at a Unix socket, and attaches the user at the other end to each
 * request.
 *
 * <p>Felix HTTP accepts only connectors of this base class, whose own socket is one of the network.
 * It has threads of its own, so that the operator is answered when all others are busy.
 */
final class UnixConnector extends ServerConnector {
  private static final Logger LOG = LoggerFactory.getLogger(UnixConnector.class);
  private static final int MAX_THREADS = 8;
  private static final int MIN_THREADS = 1;
  private static final int BACKLOG = 128;

  private final Path file;
  private final UserPrincipal root;
  private volatile @Nullable ServerSocketChannel channel;

  /** The user of the appliance; null until the socket was created. */
  private volatile @Nullable UserPrincipal owner;

  UnixConnector(Server server, Path file) throws IOException {
    super(
        server,
        new QueuedThreadPool(MAX_THREADS, MIN_THREADS),
        null,
        null,
        1,
        1,
        new HttpConnectionFactory(configuration()));
    this.file = file;
    root = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("0");
    setHost("localhost");
    getConnectionFactory(HttpConnectionFactory.class)
        .getHttpConfiguration()
        .addCustomizer(this::attachCaller);
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    return configuration;
  }

  private Request attachCaller(Request request, HttpFields.Mutable headers) {
    request.setAttribute(
        LocalCaller.ATTRIBUTE,
        caller(request.getConnectionMetaData().getConnection().getEndPoint().getTransport()));
    return request;
  }

  private LocalCaller caller(Object transport) {
    UserPrincipal appliance = owner;
    try {
      if (appliance != null && transport instanceof SocketChannel connection) {
        return LocalCaller.of(
            connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user(), appliance, root);
      }
    } catch (IOException e) {
      LOG.debug("The connection was closed", e);
    }
    return new LocalCaller("unknown", "its user", false);
  }

  @Override
  protected void doStart() throws Exception {
    open();
    if (isOpen()) {
      super.doStart();
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (owner != null) {
      super.doStop();
    }
  }

  /** Without the socket, the appliance is still of use over its address. */
  @Override
  public void open() {
    if (channel != null) {
      return;
    }
    try {
      bind();
    } catch (IOException e) {
      LOG.warn(
          "Commands on this machine need --server to reach the appliance: {}: {}",
          file,
          e.getMessage());
    }
  }

  private void bind() throws IOException {
    // Whoever can write to the directory can replace the socket.
    PrivateDirectory.open(Objects.requireNonNull(file.getParent()));
    Files.deleteIfExists(file); // left behind by a process that was killed
    ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      opened.bind(UnixDomainSocketAddress.of(file), BACKLOG);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      owner = Files.getOwner(file);
      channel = opened;
    } finally {
      if (channel == null) {
        opened.close();
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public boolean isOpen() {
    ServerSocketChannel current = channel;
    return current != null && current.isOpen();
  }

  @Override
  public void accept(int acceptor) throws IOException {
    ServerSocketChannel current = channel;
    if (current != null && current.isOpen()) {
      SocketChannel accepted = current.accept();
      accepted.configureBlocking(false);
      getSelectorManager().accept(accepted);
    }
  }

  @Override
  public void close() {
    super.close();
    ServerSocketChannel current = channel;
    channel = null;
    if (current != null) {
      try {
        current.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.debug("The socket could not be removed", e);
      }
    }
  }
}
