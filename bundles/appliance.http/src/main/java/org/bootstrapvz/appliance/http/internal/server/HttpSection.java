/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.api.operations.Quantity;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.security.PemKeyStore;
import org.bootstrapvz.appliance.http.internal.security.TrustedProxies;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The configuration file of the server. */
@Component
public final class HttpSection implements ConfigurationSection {
  private static final String DEFAULT_ADDRESS = "127.0.0.1";
  private static final int DEFAULT_PORT = 8484;

  /** Called by the container. */
  @Activate
  public HttpSection() {}

  @Override
  public String pid() {
    return HttpConfiguration.PID;
  }

  @Override
  public Class<?> settings() {
    return HttpConfiguration.class;
  }

  @Override
  public Map<String, Quantity> quantities() {
    return Map.of(
        "maxBodySize", Quantity.size("1KiB", "1GiB"),
        "idleTimeout", Quantity.duration("2s", "1d"),
        "headTimeout", Quantity.duration("1s", "1h"),
        "minRate", Quantity.size("1B", "1MiB"),
        "extensionTimeout", Quantity.duration("1s", "1h"));
  }

  @Override
  public Map<String, String> renamedKeys() {
    return Map.of("largest.body", "maxBodySize", "idle.seconds", "idleTimeout");
  }

  @Override
  public List<String> check(Map<String, Object> values) {
    return Stream.of(proxies(values), tls(values), port(values)).flatMap(Optional::stream).toList();
  }

  @Override
  public List<String> checkChange(Map<String, Object> values, Map<String, Object> current) {
    // The port of this server is in use, by itself.
    return endpoint(values).equals(endpoint(current))
        ? Stream.of(proxies(values), tls(values)).flatMap(Optional::stream).toList()
        : check(values);
  }

  private static List<Object> endpoint(Map<String, Object> values) {
    return List.of(
        values.getOrDefault("address", DEFAULT_ADDRESS), values.getOrDefault("port", DEFAULT_PORT));
  }

  private static Optional<String> proxies(Map<String, Object> values) {
    try {
      new TrustedProxies((String[]) values.getOrDefault("trustedProxies", new String[0]));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("trustedProxies: " + e.getMessage());
    }
  }

  private static Optional<String> tls(Map<String, Object> values) {
    String certificate = text(values, "certificate");
    String key = text(values, "key");
    if (certificate.isEmpty() != key.isEmpty()) {
      return Optional.of(
          certificate.isEmpty()
              ? "certificate: The value is missing; a key needs its certificate"
              : "key: The value is missing; a certificate needs its key");
    }
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> unreadable =
        unreadable("certificate", certificate).or(() -> unreadable("key", key));
    if (unreadable.isPresent()) {
      return unreadable;
    }
    try {
      PemKeyStore.read(Path.of(certificate), Path.of(key), "");
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("certificate, key: " + e.getMessage());
    }
  }

  private static Optional<String> unreadable(String key, String file) {
    return Files.isReadable(Path.of(file)) && Files.isRegularFile(Path.of(file))
        ? Optional.empty()
        : Optional.of(key + ": The file " + file + " is missing or not readable");
  }

  private static Optional<String> port(Map<String, Object> values) {
    try {
      PortProbe.probe(
          (String) values.getOrDefault("address", DEFAULT_ADDRESS),
          (Integer) values.getOrDefault("port", DEFAULT_PORT));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("address, port: " + e.getMessage());
    }
  }

  private static String text(Map<String, Object> values, String key) {
    return (String) values.getOrDefault(key, "");
  }
}
