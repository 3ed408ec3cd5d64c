/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proxies whose X-Forwarded headers count. Anyone else could write there what they like. */
public final class TrustedProxies {
  /** Of an IPv4 or IPv6 address, so that no name is looked up. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private record Network(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % Byte.SIZE;
        if ((other[bit / Byte.SIZE] & mask) != (address[bit / Byte.SIZE] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Network> networks;

  /**
   * Proxies by their addresses.
   *
   * @param texts IP addresses such as {@code 192.0.2.1}, or networks such as {@code 192.0.2.0/24}
   * @throws IllegalArgumentException if a text is neither
   */
  public TrustedProxies(String... texts) {
    networks = Stream.of(texts).map(String::strip).map(TrustedProxies::network).toList();
  }

  private static Network network(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length <= 2 && ADDRESS.matcher(parts[0]).matches()) {
        byte[] address = InetAddress.getByName(parts[0]).getAddress();
        int all = address.length * Byte.SIZE;
        int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
        if (bits >= 0 && bits <= all) {
          return new Network(address, bits);
        }
      }
    } catch (UnknownHostException | NumberFormatException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is neither an IP address nor a network such as 192.0.2.0/24");
  }

  /** Whether an address is that of a proxy. */
  public boolean contains(String address) {
    if (networks.isEmpty() || !ADDRESS.matcher(address).matches()) {
      return false;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return networks.stream().anyMatch(network -> network.contains(bytes));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * The client of a chain of proxies: the last address that is not one of ours.
   *
   * @param header the value of X-Forwarded-For
   * @param proxy the address of the proxy that is connected
   */
  String client(String header, String proxy) {
    List<String> chain = Arrays.asList(header.split(","));
    for (int i = chain.size() - 1; i >= 0; i--) {
      String address = chain.get(i).strip();
      if (!ADDRESS.matcher(address).matches()) {
        break;
      }
      if (!contains(address)) {
        return address;
      }
    }
    return proxy;
  }
}
