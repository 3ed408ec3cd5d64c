/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import java.time.Duration;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Sets up a Jetty server for untrusted clients.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any free port
 * @param idleTimeout after which a connection without any traffic is closed
 */
public record ServerSettings(String host, int port, Duration idleTimeout, ConnectionLimits limits) {
  /** With the default of 50, some of hundreds of simultaneous connections would be refused. */
  private static final int ACCEPT_QUEUE = 1024;

  /** A connector for HTTP. */
  public GuardedConnector connector(Server server) {
    return connector(server, new HttpConnectionFactory(http()));
  }

  /** A connector for HTTPS. */
  public GuardedConnector connector(Server server, SslContextFactory.Server tls) {
    HttpConfiguration http = http();
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    // Another check decides which names are ours, also without TLS.
    secure.setSniHostCheck(false);
    http.addCustomizer(secure);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    return connector(server, new SslConnectionFactory(tls, plain.getProtocol()), plain);
  }

  private GuardedConnector connector(Server server, ConnectionFactory... factories) {
    server.setErrorHandler(new ProblemHandler());
    GuardedConnector connector = new GuardedConnector(server, limits, 1, factories);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(idleTimeout.toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    return connector;
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRelativeRedirectAllowed(true);
    http.addCustomizer(new RequestTracking());
    return http;
  }
}
