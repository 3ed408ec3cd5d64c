/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.math.BigInteger;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.internal.security.Access;
import org.bootstrapvz.appliance.internal.security.PemKeyStore;
import org.bootstrapvz.appliance.internal.security.Tokens;
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

/** Has the server started as configured, and tells when it serves. */
@Component(
    service = {},
    immediate = true,
    configurationPid = WebServer.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpConfiguration.class)
public final class WebServer {
  static final String PID = "org.bootstrapvz.appliance.http";

  /** By default the server starts before it is configured; the launcher forbids that. */
  private static final String SERVER_PID = "org.apache.felix.http";

  private static final String HOST = "org.apache.felix.http.host";
  private static final String PORT = "org.osgi.service.http.port";

  private final ServerStatus serve;
  private final Path keyStore;
  private final Path addressFile;
  private final String address;

  /** Called by the container. */
  @Activate
  public WebServer(
      HttpConfiguration configuration,
      @Reference ServerStatus serve,
      @Reference Access access,
      @Reference StateDirectory state,
      @Reference(target = "(component.name=org.bootstrapvz.appliance.internal.http.Api)")
          Servlet api,
      @Reference ConfigurationAdmin configurations)
      throws IOException {
    this.serve = serve;
    // A name of its own: the server may still read that of the configuration before.
    keyStore = state.path().resolve("tls-" + System.nanoTime() + ".p12");
    addressFile = state.path().resolve("address");
    boolean tls = !configuration.certificate().isEmpty();
    String found = "";
    try {
      Configuration server = configurations.getConfiguration(SERVER_PID, "?");
      int port = port(configuration, server.getProperties());
      String host = configuration.address();
      found =
          (tls ? "https://" : "http://")
              + (host.contains(":") ? "[" + host + "]" : host)
              + ":"
              + port;
      Dictionary<String, Object> properties = properties(configuration, port, tls);
      access.madeFirstToken().ifPresent(serve::firstTokenCreated);
      server.updateIfDifferent(properties);
    } catch (IOException e) {
      serve.failed(List.of(e.getMessage()));
    }
    address = found;
  }

  /**
   * This component begins anew when the queue does; the server listens all the while, so its port
   * is not free, and stays.
   */
  private static int port(HttpConfiguration configuration, Dictionary<String, Object> before)
      throws IOException {
    if (before != null
        && configuration.address().equals(before.get(HOST))
        && before.get(PORT) instanceof Integer port
        && (configuration.port() == 0 || configuration.port() == port)) {
      return port;
    }
    InetAddress address = InetAddress.getByName(configuration.address());
    // The server itself would only write into a log that its port is taken.
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new java.net.InetSocketAddress(address, configuration.port()));
      return probe.getLocalPort();
    } catch (BindException e) {
      throw new IOException(
          "Cannot listen at "
              + configuration.address()
              + ", port "
              + configuration.port()
              + ": "
              + e.getMessage()
              + ". Another port or address can be set in "
              + PID
              + ".cfg",
          e);
    }
  }

  private Dictionary<String, Object> properties(
      HttpConfiguration configuration, int port, boolean tls) throws IOException {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(HOST, configuration.address());
    properties.put("org.apache.felix.http.enable", !tls);
    properties.put("org.apache.felix.https.enable", tls);
    properties.put(PORT, port);
    properties.put("org.osgi.service.http.port.secure", port);
    properties.put("org.apache.felix.http.timeout", configuration.idle_seconds() * 1000);
    properties.put("org.apache.felix.http.jetty.threadpool.max", configuration.threads());
    properties.put("org.apache.felix.http.jetty.acceptors", 1);
    properties.put("org.apache.felix.http.jetty.selectors", 1);
    // Hundreds may come in the same instant; with the usual 50 some of them would be turned away.
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

  /** The server is there; its properties say where it listens, if it does. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      updated = "bindRuntime")
  void bindRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) throws IOException {
    Object endpoints = properties.get("osgi.http.endpoint");
    if (endpoints instanceof String[] listening && listening.length > 0) {
      Tokens.writePrivately(addressFile, address + "\n");
      serve.listening(address);
    }
  }

  void unbindRuntime(HttpServiceRuntime runtime) {}

  @Deactivate
  void stop() throws IOException {
    Files.deleteIfExists(addressFile);
    Files.deleteIfExists(keyStore);
  }
}
