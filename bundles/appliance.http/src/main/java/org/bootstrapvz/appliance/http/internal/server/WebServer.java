/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.resources.BuildResources;
import org.bootstrapvz.appliance.http.internal.security.Access;
import org.bootstrapvz.appliance.http.internal.security.AuthenticationFilter;
import org.bootstrapvz.appliance.http.internal.security.PemKeyStore;
import org.bootstrapvz.appliance.http.internal.security.PrivateFiles;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
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
 * Configures the server of the OSGi HTTP Whiteboard, which starts it, and reports when it listens.
 * It waits for the resources of builds once; the server keeps listening while the queue restarts.
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

  private static final String HOST = "org.apache.felix.http.host";
  private static final String PORT = "org.osgi.service.http.port";

  private final HttpConfiguration configuration;
  private final ServerStatus status;
  private final ConfigurationAdmin configurations;
  private final Path keyStore;
  private final Path addressFile;

  /** Empty until the server is configured. Guarded by this. */
  private String address = "";

  /** Where the server listens, as its runtime reports it. Guarded by this. */
  private List<String> endpoints = List.of();

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
      @Reference ConfigurationAdmin configurations) {
    this.configuration = configuration;
    this.status = status;
    this.configurations = configurations;
    // The name is unique, as the server may still read the key store of the previous configuration.
    keyStore = state.path().resolve("tls-" + System.nanoTime() + ".p12");
    addressFile = state.path().resolve("address");
  }

  /** The API is complete: start the server, unless it has been started. */
  @Reference(
      service = HttpResource.class,
      target = "(component.name=" + BuildResources.NAME + ")",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  synchronized void bindBuilds(ServiceReference<HttpResource> resource) {
    if (address.isEmpty()) {
      try {
        start();
      } catch (IOException e) {
        status.failed(List.of(e.getMessage()));
      }
    }
  }

  void unbindBuilds(ServiceReference<HttpResource> resource) {}

  private void start() throws IOException {
    boolean tls = !configuration.certificate().isEmpty();
    Configuration server = configurations.getConfiguration(SERVER_PID, "?");
    int port = port(server.getProperties());
    String host = configuration.address();
    Dictionary<String, Object> properties = properties(port, tls);
    address =
        (tls ? "https://" : "http://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port;
    server.updateIfDifferent(properties);
    report();
  }

  /**
   * When only another setting changed, the server is still listening, so its port is in use, and is
   * kept.
   */
  private int port(Dictionary<String, Object> before) throws IOException {
    if (before != null
        && configuration.address().equals(before.get(HOST))
        && before.get(PORT) instanceof Integer port
        && (configuration.port() == 0 || configuration.port() == port)) {
      return port;
    }
    try {
      return PortProbe.probe(configuration.address(), configuration.port());
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + ". Set another port or address in " + HttpConfiguration.PID + ".cfg", e);
    }
  }

  private Dictionary<String, Object> properties(int port, boolean tls) throws IOException {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(HOST, configuration.address());
    properties.put("org.apache.felix.http.enable", !tls);
    properties.put("org.apache.felix.https.enable", tls);
    properties.put(PORT, port);
    properties.put("org.osgi.service.http.port.secure", port);
    properties.put(
        "org.apache.felix.http.timeout",
        (int) Durations.parse(configuration.idleTimeout()).toMillis());
    properties.put("org.apache.felix.http.jetty.threadpool.max", configuration.threads());
    properties.put("org.apache.felix.http.jetty.acceptors", 1);
    properties.put("org.apache.felix.http.jetty.selectors", 1);
    // With the default of 50, some of hundreds of simultaneous connections would be refused.
    properties.put("org.apache.felix.http.jetty.acceptQueueSize", 1024);
    properties.put("org.apache.felix.http.jetty.sendServerHeader", false);
    properties.put("org.apache.felix.jetty.stopTimeout", 1000L);
    if (tls) {
      String password = new BigInteger(160, new SecureRandom()).toString(36);
      PemKeyStore.write(
          Path.of(configuration.certificate()), Path.of(configuration.key()), keyStore, password);
      properties.put("org.apache.felix.https.keystore", keyStore.toString());
      properties.put("org.apache.felix.https.keystore.password", password);
      properties.put("org.apache.felix.https.keystore.key.password", password);
      properties.put("org.apache.felix.https.keystore.type", "PKCS12");
    }
    return properties;
  }

  /** The runtime of the server exists; its properties say where it listens, if it does. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      updated = "bindRuntime")
  synchronized void bindRuntime(HttpServiceRuntime runtime, Map<String, Object> properties)
      throws IOException {
    endpoints =
        properties.get("osgi.http.endpoint") instanceof String[] reported
            ? List.of(reported)
            : List.of();
    report();
  }

  void unbindRuntime(HttpServiceRuntime runtime) {}

  /** Reports the address as soon as the server listens there, not where it listened before. */
  private void report() throws IOException {
    if (!address.isEmpty() && endpoints.stream().anyMatch(this::isConfigured)) {
      PrivateFiles.write(addressFile, address + "\n");
      status.listening(address);
    }
  }

  private boolean isConfigured(String endpoint) {
    String port = address.substring(address.lastIndexOf(':'));
    return endpoint.startsWith(address.substring(0, address.indexOf(':') + 1))
        && (endpoint.endsWith(port) || endpoint.contains(port + "/"));
  }

  @Deactivate
  void stop() throws IOException {
    Files.deleteIfExists(addressFile);
    Files.deleteIfExists(keyStore);
  }
}
