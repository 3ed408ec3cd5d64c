/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.value.Secret;

/**
 * The user name and the password in the address of an archive: {@code https://me:secret@…}. apt
 * also reads them from a file of their own, apt_auth.conf(5), which keeps them out of command lines
 * and source lists. A name without a password, such as an access token, is treated as a password.
 */
public final class Credentials {
  /** As in apt, the name and password end at the last at sign before the first slash. */
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^/\\s]+)@([^/@\\s]*)(/\\S*)?");

  private static final String SCHEME_END = "://";
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})|[^%]+|%");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]");

  private final String address;
  private final String login;
  private final String password;

  private Credentials(String address, String login, String password) {
    this.address = address;
    this.login = login;
    this.password = password;
  }

  /** Returns those of an address; empty if it has none. */
  public static Optional<Credentials> of(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String[] pair = matcher.group(2).split(":", 2);
    String path = matcher.group(4) == null ? "" : matcher.group(4);
    return Optional.of(
        new Credentials(
            matcher.group(1) + matcher.group(3) + path, pair[0], pair.length == 2 ? pair[1] : ""));
  }

  /** Returns those of all addresses in a text of words, such as a line of a source list. */
  public static List<Credentials> in(String text) {
    return Stream.of(text.split("\\s+")).flatMap(word -> of(word).stream()).toList();
  }

  /** Returns an address without its name and password. */
  public static String without(String address) {
    return of(address).map(Credentials::address).orElse(address);
  }

  /** Returns a source without the name and password in its address. */
  public static Source without(Source source) {
    return new Source(
        source.list(),
        source.type(),
        source.options(),
        without(source.uri()),
        source.suite(),
        source.components());
  }

  /**
   * Returns a text with asterisks in place of the names and passwords in its addresses. Looks at
   * each character once: the text may be a part of a manifest, and very long.
   */
  public static String masked(String text) {
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    for (int at = text.indexOf(SCHEME_END); at >= 0; at = text.indexOf(SCHEME_END, at)) {
      boolean hasScheme = at > 0 && isOfAScheme(text.charAt(at - 1));
      at += SCHEME_END.length();
      int end = endOfCredentials(text, at);
      if (hasScheme && end > at) {
        masked.append(text, copied, at).append(Secret.MASK);
        copied = end;
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  private static boolean isOfAScheme(char c) {
    return c < 128 && Character.isLetterOrDigit(c) || "+.-".indexOf(c) >= 0;
  }

  /** The last at sign of an authority that is followed by a host, or its start if it has none. */
  private static int endOfCredentials(String text, int start) {
    int end = start;
    for (int i = start; i < text.length() && !endsHost(text.charAt(i)); i++) {
      boolean followed =
          i + 1 < text.length() && text.charAt(i + 1) != '@' && !endsHost(text.charAt(i + 1));
      if (text.charAt(i) == '@' && followed) {
        end = i;
      }
    }
    return end;
  }

  private static boolean endsHost(char c) {
    return c == '/' || Character.isWhitespace(c);
  }

  /** Returns the address without them. */
  public String address() {
    return address;
  }

  /**
   * Returns the texts to keep secret: the password as it is written and as it is meant, and what is
   * sent to the server.
   */
  public List<Secret> secrets() {
    String written = password.isEmpty() ? login : password;
    if (written.isEmpty()) {
      return List.of();
    }
    return Stream.of(written, decoded(written), decoded(login) + ":" + decoded(password))
        .distinct()
        .map(Secret::of)
        .toList();
  }

  /** Returns why apt_auth.conf(5) cannot hold them, without showing them; empty if it can. */
  public Optional<String> problem() {
    return SPACE.matcher(decoded(login) + decoded(password)).find()
        ? Optional.of(
            "The user name or password in the address has white space, which the file that apt reads"
                + " it from cannot hold")
        : Optional.empty();
  }

  /** Returns the line of apt_auth.conf(5). */
  private String line() {
    // Without the slash at the end, it would also hold for /debian-security if the path is /debian.
    return "machine "
        + address.replaceFirst("/*$", "/")
        + (login.isEmpty() ? "" : " login " + decoded(login))
        + (password.isEmpty() ? "" : " password " + decoded(password))
        + "\n";
  }

  /**
   * Returns the text of apt_auth.conf(5). apt uses the first line that matches, so an address comes
   * before those above it.
   */
  public static Secret file(Iterable<Credentials> all) {
    Set<String> lines = new TreeSet<>(Comparator.reverseOrder());
    all.forEach(each -> lines.add(each.line()));
    return Secret.of(String.join("", lines));
  }

  /** An invalid escape stays as it is, as in apt. */
  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher matcher = ESCAPE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) == null) {
        bytes.writeBytes(matcher.group().getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(Integer.parseInt(matcher.group(1), 16));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The address only. */
  @Override
  public String toString() {
    return address;
  }
}
