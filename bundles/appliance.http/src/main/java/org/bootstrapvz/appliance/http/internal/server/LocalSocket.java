/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/**
 * The Unix socket in the state directory, by which commands on this machine use the API. A port can
 * be taken by any user when the appliance is not running; this file cannot. Felix HTTP adds it to
 * its server.
 */
@Component(
    service = {ConnectorFactory.class, LocalSocket.class},
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LocalSocket implements ConnectorFactory {
  /** The name of the socket in the state directory. */
  public static final String FILE = "api";

  private final Path file;
  private final long idleMillis;

  /** Called by the container. */
  @Activate
  public LocalSocket(HttpConfiguration configuration, @Reference StateDirectory state) {
    this(state.path(), Durations.parse(configuration.idleTimeout()).toMillis());
  }

  /** A socket in a directory. */
  public static LocalSocket of(Path directory, long idleMillis) {
    return new LocalSocket(directory, idleMillis);
  }

  private LocalSocket(Path directory, long idleMillis) {
    file = directory.resolve(FILE);
    this.idleMillis = idleMillis;
  }

  @Override
  public Connector createConnector(Server server) {
    try {
      UnixConnector connector = new UnixConnector(server, file);
      connector.setIdleTimeout(idleMillis);
      return connector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
