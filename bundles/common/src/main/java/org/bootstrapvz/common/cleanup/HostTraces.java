/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts that identify the build host and its user: names, addresses, identifiers, settings. None of
 * them belongs into an image, unless the manifest contains it.
 */
final class HostTraces {
  private static final int SHORTEST = 3;
  private static final Pattern LOCAL =
      Pattern.compile(
          "localhost(\\..*)?|127\\..*|::1?|0\\.0\\.0\\.0|00:00:00:00:00:00|\\(none\\)|/");

  /** Variables with the address of a proxy, in either case. */
  private static final Set<String> PROXIES =
      Set.of("http_proxy", "https_proxy", "ftp_proxy", "all_proxy");

  private static final Set<String> USERS = Set.of("USER", "LOGNAME", "SUDO_USER");
  private static final Set<String> LOCALES = Set.of("LANG", "LC_ALL");

  private final Map<String, String> found = new LinkedHashMap<>();

  private HostTraces() {}

  /**
   * Reads them.
   *
   * @param host the root directory of the host
   * @param environment the environment of the build
   */
  static HostTraces of(Path host, Map<String, String> environment) {
    HostTraces traces = new HostTraces();
    traces.addNames(host);
    traces.addNetwork(host);
    traces.add("machine id", first(host, "etc/machine-id"));
    traces.add("boot id", first(host, "proc/sys/kernel/random/boot_id"));
    traces.add("kernel release", first(host, "proc/sys/kernel/osrelease"));
    traces.addTimeZone(host);
    environment.forEach(traces::addVariable);
    return traces;
  }

  private void addNames(Path host) {
    for (String file : List.of("proc/sys/kernel/hostname", "etc/hostname")) {
      String name = first(host, file);
      add("host name", name);
      if (name.contains(".")) {
        add("host name", name.substring(0, name.indexOf('.')));
        add("domain", name.substring(name.indexOf('.') + 1));
      }
    }
    add("domain", first(host, "proc/sys/kernel/domainname"));
    add("mail name", first(host, "etc/mailname"));
  }

  private void addNetwork(Path host) {
    for (String line : lines(host, "etc/resolv.conf")) {
      String[] words = line.strip().split("\\s+");
      for (int i = 1; i < words.length; i++) {
        switch (words[0]) {
          case "nameserver" -> add("name server", words[i]);
          case "search", "domain" -> add("search domain", words[i]);
          default -> {}
        }
      }
    }
    // The addresses of the interfaces themselves, not those of their networks.
    String previous = "";
    for (String line : lines(host, "proc/net/fib_trie")) {
      if (line.contains("/32 host LOCAL")) {
        add("address", previous.replaceAll("^[\\s|+-]*", ""));
      }
      previous = line;
    }
    for (String line : lines(host, "proc/net/if_inet6")) {
      add("address", line.split(" ")[0].replaceAll("(.{4})(?!$)", "$1:"));
    }
    try (Stream<Path> interfaces = Files.list(host.resolve("sys/class/net"))) {
      interfaces.sorted().forEach(each -> add("MAC address", first(each, "address")));
    } catch (IOException e) {
      // No sysfs: the other addresses are known.
    }
  }

  private void addTimeZone(Path host) {
    add("time zone", first(host, "etc/timezone"));
    try {
      String target = Files.readSymbolicLink(host.resolve("etc/localtime")).toString();
      add("time zone", target.replaceAll("^.*/zoneinfo/", ""));
    } catch (IOException e) {
      // It is a copy, or the zone is UTC.
    }
  }

  private void addVariable(String name, String value) {
    if (PROXIES.contains(name.toLowerCase(Locale.ROOT))) {
      add("proxy", value.replaceAll("/+$", ""));
    } else if (USERS.contains(name) && !value.equals("root")) {
      add("user name", value);
    } else if (LOCALES.contains(name)) {
      add("locale", name + "=" + value);
    } else if (name.equals("HOME") && !value.equals("/root")) {
      add("home directory", value);
    }
  }

  /** Adds a text that other code knows, such as the path of the workspace. */
  void add(String kind, String text) {
    boolean ordinary = text.equals("UTC") || text.equals("Etc/UTC") || text.endsWith("=C.UTF-8");
    if (text.length() >= SHORTEST && !ordinary && !LOCAL.matcher(text).matches()) {
      found.putIfAbsent(text, kind);
    }
  }

  /** Removes the traces that a text contains: there they have another meaning. */
  HostTraces without(String text) {
    found.keySet().removeIf(trace -> contains(text, trace));
    return this;
  }

  /** Returns the kinds of traces in a text, such as "host name", without the traces themselves. */
  Set<String> in(String text) {
    return found.entrySet().stream()
        .filter(trace -> contains(text, trace.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  /** Whether a text contains another as whole words. */
  static boolean contains(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !isWordPart(text.charAt(at - 1)))
          && (end == text.length() || !isWordPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWordPart(char letter) {
    return letter < 128 && Character.isLetterOrDigit(letter) || letter == '_';
  }

  private static String first(Path folder, String file) {
    return lines(folder, file).stream().findFirst().orElse("").strip();
  }

  private static List<String> lines(Path folder, String file) {
    try {
      return Files.readAllLines(folder.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
