/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of an appliance on the network. Spellings of the same server are equal; another
 * scheme, host, port or path is another server.
 */
final class ServerAddress implements Comparable<ServerAddress> {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final boolean encrypted;
  private final String host;
  private final int port;
  private final String path;

  private ServerAddress(boolean encrypted, String host, int port, String path) {
    this.encrypted = encrypted;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /** Reads an address such as {@code https://images.example.org:8484}. */
  static ServerAddress parse(String text) throws ApplianceException {
    try {
      URI uri = new URI(text.strip());
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      if (uri.getUserInfo() != null) {
        throw new ApplianceException(
            "The address of an appliance contains neither a user nor a password; run: bootstrap-vz"
                + " login");
      }
      if ((scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        boolean encrypted = scheme.equals("https");
        int usual = encrypted ? HTTPS_PORT : HTTP_PORT;
        return new ServerAddress(
            encrypted,
            uri.getHost().toLowerCase(Locale.ROOT),
            uri.getPort() < 0 ? usual : uri.getPort(),
            Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("/+$", ""));
      }
    } catch (URISyntaxException e) {
      // Reported below, together with what is expected.
    }
    throw new ApplianceException(
        "\""
            + text.replaceAll("\\p{Cntrl}", "?")
            + "\" is not the address of an appliance; expected https://HOST:PORT");
  }

  /** The port. */
  int port() {
    return port;
  }

  /** Whether the server does not prove who it is, as it is on this machine. */
  boolean isUnprovenLocal() {
    return !encrypted && LOOPBACK.matcher(host).matches();
  }

  /**
   * Refuses an address to which a token would be sent in the clear.
   *
   * @throws ApplianceException if it is neither encrypted nor on this machine
   */
  void checkConfidential() throws ApplianceException {
    if (!encrypted && !isUnprovenLocal()) {
      throw new ApplianceException(
          "A token is not sent to "
              + this
              + ", as everyone on the way could read it. Use https, or a tunnel: ssh -L "
              + port
              + ":127.0.0.1:"
              + port
              + " "
              + host
              + ", then http://127.0.0.1:"
              + port);
    }
  }

  @Override
  public String toString() {
    int usual = encrypted ? HTTPS_PORT : HTTP_PORT;
    return (encrypted ? "https://" : "http://") + host + (port == usual ? "" : ":" + port) + path;
  }

  @Override
  public int compareTo(ServerAddress other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerAddress address && address.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
