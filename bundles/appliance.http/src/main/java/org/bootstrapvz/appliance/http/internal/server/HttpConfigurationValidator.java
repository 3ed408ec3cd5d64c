/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.operations.ConfigurationValidator;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.security.PemKeyStore;
import org.osgi.service.component.annotations.Component;

/** Checks whether the server can listen as configured: the port, the certificate and its key. */
@Component(property = ConfigurationValidator.PID_PROPERTY + "=" + HttpConfiguration.PID)
public final class HttpConfigurationValidator implements ConfigurationValidator {
  private static final String DEFAULT_ADDRESS = "127.0.0.1";
  private static final int DEFAULT_PORT = 8484;

  @Override
  public String pid() {
    return HttpConfiguration.PID;
  }

  @Override
  public List<String> check(Map<String, Object> values, Optional<Map<String, Object>> current) {
    return Stream.of(tls(values), port(values, current)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> tls(Map<String, Object> values) {
    String certificate = (String) values.getOrDefault("certificate", "");
    String key = (String) values.getOrDefault("key", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      return Optional.of(
          certificate.isEmpty()
              ? "certificate: is missing; a key needs its certificate"
              : "key: is missing; a certificate needs its key");
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
      PemKeyStore.check(Path.of(certificate), Path.of(key));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("certificate, key: " + e.getMessage());
    }
  }

  private static Optional<String> unreadable(String key, String file) {
    return Files.isReadable(Path.of(file)) && Files.isRegularFile(Path.of(file))
        ? Optional.empty()
        : Optional.of(key + ": The file " + file + " does not exist or is not readable");
  }

  private static Optional<String> port(
      Map<String, Object> values, Optional<Map<String, Object>> current) {
    if (current.isPresent() && endpoint(current.get()).equals(endpoint(values))) {
      return Optional.empty(); // in use, but by this server
    }
    try {
      PortProbe.probe(
          (String) values.getOrDefault("address", DEFAULT_ADDRESS),
          (Integer) values.getOrDefault("port", DEFAULT_PORT));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("address, port: " + e.getMessage());
    }
  }

  private static List<Object> endpoint(Map<String, Object> values) {
    return List.of(
        values.getOrDefault("address", DEFAULT_ADDRESS), values.getOrDefault("port", DEFAULT_PORT));
  }
}
