/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.resources.BuildResources;
import org.bootstrapvz.appliance.http.internal.security.Access;
import org.bootstrapvz.appliance.http.internal.security.AuthenticationFilter;
import org.bootstrapvz.appliance.http.internal.security.PrivateFiles;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

/**
 * Configures the server of the OSGi HTTP Whiteboard, which starts it and asks the {@link Listener}
 * for a connector, and reports when it listens. It waits for the resources of builds once; the
 * server keeps listening while the queue restarts.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpConfiguration.class)
public final class WebServer {
  /** By default the server starts before it is configured; a framework property prevents that. */
  private static final String SERVER_PID = "org.apache.felix.http";

  private final HttpConfiguration configuration;
  private final ServerStatus status;
  private final Listener listener;
  private final ConfigurationAdmin configurations;
  private final Path addressFile;

  /** Whether the server is configured. Guarded by this. */
  private boolean started;

  /** Whether the runtime of the server is there, which registers the servlets. Guarded by this. */
  private boolean running;

  /**
   * Called by the container. {@code access} is not used here: it creates the first token. The local
   * socket is to be open when the server reports that it listens.
   */
  @Activate
  public WebServer(
      HttpConfiguration configuration,
      @Reference ServerStatus status,
      @Reference Access access,
      @Reference StateDirectory state,
      @Reference AuthenticationFilter filter,
      @Reference ApiServlet servlet,
      @Reference LocalSocket socket,
      @Reference Listener listener,
      @Reference ConfigurationAdmin configurations) {
    this.configuration = configuration;
    this.status = status;
    this.listener = listener;
    this.configurations = configurations;
    addressFile = state.path().resolve("address");
    listener.observe(this::report, failure -> status.failed(List.of(failure)));
  }

  /** The API is complete: start the server, unless it has been started. */
  @Reference(
      service = HttpResource.class,
      target = "(component.name=" + BuildResources.NAME + ")",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  synchronized void bindBuilds(ServiceReference<HttpResource> resource) {
    if (!started) {
      try {
        start();
      } catch (IOException e) {
        status.failed(List.of(e.getMessage()));
      }
    }
  }

  void unbindBuilds(ServiceReference<HttpResource> resource) {}

  private void start() throws IOException {
    listener.prepare();
    started = true;
    configurations.getConfiguration(SERVER_PID, "?").updateIfDifferent(properties());
    report();
  }

  /** The server must have a connector of its own to start; the listener replaces it. */
  private Dictionary<String, Object> properties() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("org.apache.felix.http.host", "127.0.0.1");
    properties.put("org.osgi.service.http.port", "0");
    properties.put("org.apache.felix.http.enable", true);
    properties.put("org.apache.felix.https.enable", false);
    properties.put("org.apache.felix.http.jetty.acceptors", 1);
    properties.put("org.apache.felix.http.jetty.selectors", 1);
    properties.put("org.apache.felix.http.jetty.threadpool.max", configuration.threads());
    properties.put("org.apache.felix.jetty.stopTimeout", 1000L);
    return properties;
  }

  /** The runtime of the server exists, so that it answers requests. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindRuntime(HttpServiceRuntime runtime) {
    synchronized (this) {
      running = true;
    }
    report();
  }

  synchronized void unbindRuntime(HttpServiceRuntime runtime) {
    running = false;
  }

  /** Reports the address as soon as the server listens there and answers. */
  private void report() {
    synchronized (this) {
      if (!started || !running || !listener.listening()) {
        return;
      }
    }
    try {
      PrivateFiles.write(addressFile, listener.address() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    status.listening(listener.address());
  }

  @Deactivate
  void stop() throws IOException {
    Files.deleteIfExists(addressFile);
  }
}
