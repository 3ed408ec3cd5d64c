/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name and password in an address, which apt also reads from a file that only root can read:
 * apt_auth.conf(5).
 *
 * @param scheme the scheme of the address: {@code https}
 * @param machine host, port and path
 * @param password as it is in the address
 */
record Credentials(String scheme, String machine, String login, String password) {
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9+.-]+)://([^/@:\\s]*):([^/@\\s]+)@(\\S+)");

  /** Returns those of an address; empty if it has none. */
  static Optional<Credentials> of(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    return matcher.matches()
        ? Optional.of(
            new Credentials(matcher.group(1), matcher.group(4), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** Returns an address without its name and password. */
  static String stripped(String address) {
    return of(address).map(found -> found.scheme + "://" + found.machine).orElse(address);
  }

  /** Returns the line of apt_auth.conf; without the scheme it would hold for https only. */
  String line() {
    return "machine "
        + scheme
        + "://"
        + machine
        + " login "
        + decoded(login)
        + " password "
        + decoded(password)
        + "\n";
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return scheme + "://" + machine;
  }
}
