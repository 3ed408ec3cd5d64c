/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The environment of commands: a fixed set of variables, so that a build does not depend on the
 * environment of its user.
 */
final class CommandEnvironment {
  private static final List<String> SBIN = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

  /** The proxy settings of the host, which hold for its network whatever runs. */
  private static final List<String> PROXIES =
      List.of(
          "http_proxy",
          "https_proxy",
          "ftp_proxy",
          "all_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "FTP_PROXY",
          "ALL_PROXY",
          "NO_PROXY");

  /** Names of files of the host. No other variable is passed on. */
  private static final List<String> CERTIFICATES =
      List.of("SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE");

  private CommandEnvironment() {}

  /** Creates the environment of host commands from that of this process. */
  static Map<String, String> ofHost(Map<String, String> own) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", String.join(":", searchPath(own)));
    variables.put("LANG", "C.UTF-8");
    variables.put("HOME", own.getOrDefault("HOME", "/root"));
    keep(PROXIES, own, variables);
    keep(CERTIFICATES, own, variables);
    return variables;
  }

  private static void keep(
      List<String> names, Map<String, String> own, Map<String, String> variables) {
    for (String name : names) {
      if (own.containsKey(name)) {
        variables.put(name, own.get(name));
      }
    }
  }

  /** Creates the environment of commands in the image from that of host commands. */
  static Map<String, String> ofImage(Map<String, String> host) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    variables.put("LANG", "C.UTF-8");
    variables.put("HOME", "/root");
    variables.put("DEBIAN_FRONTEND", "noninteractive");
    keep(PROXIES, host, variables);
    return variables;
  }

  /**
   * The search path for host commands; the {@code PATH} of an unprivileged user lacks the sbin
   * directories.
   */
  static Set<String> searchPath(Map<String, String> own) {
    Set<String> folders = new LinkedHashSet<>();
    for (String folder : own.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin").split(":")) {
      if (folder.startsWith("/")) {
        folders.add(folder);
      }
    }
    folders.addAll(SBIN);
    return folders;
  }
}
