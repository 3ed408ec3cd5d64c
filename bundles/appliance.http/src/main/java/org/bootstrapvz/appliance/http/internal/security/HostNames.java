/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names that the Host header of a request may have. A page of another site can let its own name
 * resolve to the address of this machine, so that the browser of a visitor sends requests here; but
 * then they name the host of that page.
 */
public final class HostNames {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names;

  /**
   * The names of the loopback and others.
   *
   * @param names in a name that starts with {@code *.}, the asterisk stands for one label
   */
  public HostNames(Collection<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * Whether a Host header is ours.
   *
   * @param header with or without a port
   * @param localAddress the IP address of this machine to which the client is connected
   */
  boolean accepts(String header, String localAddress) {
    String name = name(header);
    return LOOPBACK.contains(name)
        || names.contains(name)
        || names.contains(name.replaceFirst("^[^.]+", "*"))
        || !localAddress.isEmpty() && name.equals(literal(localAddress));
  }

  /** A Host header without its port. */
  static String name(String header) {
    return header.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  /** An address as it is written in a Host header. */
  static String literal(String address) {
    boolean bare = address.contains(":") && !address.startsWith("[");
    return (bare ? "[" + address + "]" : address).toLowerCase(Locale.ROOT);
  }
}
