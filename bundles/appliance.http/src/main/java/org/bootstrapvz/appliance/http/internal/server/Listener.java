/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.connections.ConnectionLimits;
import org.bootstrapvz.appliance.http.internal.connections.GuardedConnector;
import org.bootstrapvz.appliance.http.internal.connections.ServerSettings;
import org.bootstrapvz.appliance.http.internal.security.ServerCertificate;
import org.bootstrapvz.appliance.http.internal.security.TrustedProxies;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * The connector on which the appliance listens. Felix HTTP asks for it when it has started its
 * server, which needs a connector of its own for that: it listens on a free port of the loopback
 * until ours takes its place, before any servlet is registered.
 */
@Component(
    service = {ConnectorFactory.class, Listener.class},
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Listener implements ConnectorFactory {
  private final HttpConfiguration configuration;
  private final ServerCertificate certificate;
  private final UsedPort usedPort;

  /** Whether the connector listens. Guarded by this, as the rest. */
  private boolean listening;

  private @Nullable Runnable observer;

  private Consumer<String> failures = failure -> {};

  /** Called by the container. */
  @Activate
  public Listener(
      HttpConfiguration configuration,
      @Reference ServerCertificate certificate,
      @Reference UsedPort port) {
    this.configuration = configuration;
    this.usedPort = port;
    this.certificate = certificate;
  }

  /** Chooses the port and checks that it is free; called before the server starts. */
  void prepare() throws IOException {
    usedPort.choose(configuration.address(), configuration.port());
  }

  /** The address of the appliance, such as {@code http://127.0.0.1:8484}. */
  String address() {
    String host = configuration.address();
    return (configuration.certificate().isEmpty() ? "http://" : "https://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + usedPort.port();
  }

  /** Whether the connector listens. */
  synchronized boolean listening() {
    return listening;
  }

  /**
   * Calls observers.
   *
   * @param started when the connector has begun to listen
   * @param failed when it cannot, with the reason
   */
  synchronized void observe(Runnable started, Consumer<String> failed) {
    observer = started;
    failures = failed;
  }

  @Override
  public Connector createConnector(Server server) {
    try {
      prepare();
      GuardedConnector connector = connector(server);
      connector.addEventListener(
          new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
              started();
            }

            @Override
            public void lifeCycleFailure(LifeCycle event, Throwable cause) {
              failed(cause);
            }
          });
      for (Connector other : server.getConnectors()) {
        if (other.getClass() == ServerConnector.class) {
          other.stop();
          server.removeConnector(other);
        }
      }
      return connector;
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private GuardedConnector connector(Server server) {
    ServerSettings settings =
        new ServerSettings(
            configuration.address(),
            usedPort.port(),
            Durations.parse(configuration.idleTimeout()),
            limits());
    return certificate
        .context()
        .map(context -> settings.connector(server, context))
        .orElseGet(() -> settings.connector(server));
  }

  private ConnectionLimits limits() {
    return new ConnectionLimits(
        configuration.maxConnections(),
        configuration.maxConnectionsPerAddress(),
        Durations.parse(configuration.headTimeout()),
        Bytes.parse(configuration.minRate()).count(),
        new TrustedProxies(configuration.trustedProxies())::contains);
  }

  private void started() {
    Runnable current;
    synchronized (this) {
      listening = true;
      current = observer;
    }
    if (current != null) {
      current.run();
    }
  }

  private void failed(Throwable cause) {
    Consumer<String> current;
    synchronized (this) {
      current = failures;
    }
    current.accept("Cannot listen on " + address() + ": " + cause.getMessage());
  }
}
