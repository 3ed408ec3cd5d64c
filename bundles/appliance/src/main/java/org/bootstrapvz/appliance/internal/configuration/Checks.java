/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.internal.security.PemKeyStore;

/**
 * What cannot be seen by looking at one value alone: files that are missing, ports that are taken.
 * Each answers with sentences that begin with the key.
 */
final class Checks {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private Checks() {}

  /**
   * Of where the appliance is reached.
   *
   * @param inForce the values the server listens with now; null before it does
   */
  static List<String> http(Map<String, Object> values, Map<String, Object> inForce) {
    return Stream.of(tls(values), port(values, inForce)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> tls(Map<String, Object> values) {
    String certificate = text(values, "certificate");
    String key = text(values, "key");
    if (certificate.isEmpty() != key.isEmpty()) {
      return Optional.of(
          certificate.isEmpty()
              ? "certificate: is missing; a key needs the certificate it belongs to"
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

  private static Optional<String> port(Map<String, Object> values, Map<String, Object> inForce) {
    String address = (String) values.getOrDefault("address", "127.0.0.1");
    int port = (Integer) values.getOrDefault("port", 8484);
    Function<Map<String, Object>, List<Object>> place =
        settings ->
            List.of(
                settings.getOrDefault("address", "127.0.0.1"), settings.getOrDefault("port", 8484));
    if (inForce != null && place.apply(inForce).equals(place.apply(values))) {
      return Optional.empty(); // taken, but by this server
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "address, port: Cannot listen at " + address + ", port " + port + ": " + e.getMessage());
    }
  }

  /** Of where queue and history are kept. */
  static List<String> database(Map<String, Object> values) {
    String url = text(values, "url");
    if (!url.isEmpty() && !url.startsWith(POSTGRESQL)) {
      return List.of(
          "url: \""
              + url.replaceFirst("[/@?].*", "…")
              + "\" is wrong; it should begin with "
              + POSTGRESQL
              + " or be left out for a file in the state folder");
    }
    // The file is readable by more people than a password may be, and what is wrong gets logged.
    if (url.matches("(?i).*[?&]password=.*") || url.matches("[^@]*//[^/]*:[^/]*@.*")) {
      return List.of("url: It holds a password; put that into a file of its own, passwordFile");
    }
    return unreadable("passwordFile", text(values, "passwordFile")).stream().toList();
  }

  /** Of how the appliance builds. */
  static List<String> queue(Map<String, Object> values) {
    String folder = text(values, "folder");
    if (folder.isEmpty()) {
      return List.of();
    }
    try {
      Files.createDirectories(Path.of(folder));
    } catch (IOException e) {
      return List.of("folder: " + folder + " is missing and cannot be made");
    }
    return Files.isWritable(Path.of(folder))
        ? List.of()
        : List.of("folder: Nothing can be written to " + folder);
  }

  private static Optional<String> unreadable(String key, String file) {
    return file.isEmpty() || Files.isReadable(Path.of(file)) && Files.isRegularFile(Path.of(file))
        ? Optional.empty()
        : Optional.of(key + ": The file " + file + " is missing or cannot be read");
  }

  private static String text(Map<String, Object> values, String key) {
    return (String) values.getOrDefault(key, "");
  }
}
