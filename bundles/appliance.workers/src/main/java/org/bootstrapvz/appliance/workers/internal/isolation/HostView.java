/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of bwrap(1) for the files that a build sees: programs and public settings of the
 * host, which it can only read, and directories of its own.
 */
final class HostView {
  private static final List<String> PROGRAMS =
      List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  /**
   * What programs and builds read there: names of hosts and of services, certificates, mirrors and
   * their keys, settings of tools. No passwords, keys or identifiers of the host.
   */
  private static final List<String> SETTINGS =
      List.of(
          "alternatives",
          "ansible",
          "apt/keyrings",
          "apt/sources.list",
          "apt/sources.list.d",
          "apt/trusted.gpg",
          "apt/trusted.gpg.d",
          "ca-certificates",
          "ca-certificates.conf",
          "containers/policy.json",
          "containers/registries.conf",
          "containers/registries.conf.d",
          "containers/registries.d",
          "debian_version",
          "dpkg",
          "gai.conf",
          "host.conf",
          "hosts",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "magic",
          "mime.types",
          "mke2fs.conf",
          "mtools.conf",
          "nsswitch.conf",
          "os-release",
          "pki",
          "protocols",
          "resolv.conf",
          "services",
          "ssl/certs",
          "ssl/openssl.cnf",
          "timezone",
          "xattr.conf");

  /** Settings of Java runtimes, such as {@code /etc/java-17-openjdk}. */
  private static final String JAVA_SETTINGS = "java*";

  /** What the kernel shows about itself and other processes; builds do not need it. */
  private static final List<String> HIDDEN =
      List.of("/sys/fs/cgroup", "/sys/firmware", "/sys/kernel/debug", "/sys/kernel/security");

  /** Where the first process of the build finds the formats of emulated programs. */
  static final String BINARY_FORMATS = "/run/binfmt_misc";

  private static final String BINARY_FORMATS_OF_HOST = "/proc/sys/fs/binfmt_misc";

  private final List<String> arguments = new ArrayList<>();
  private final Set<Path> directories = new LinkedHashSet<>();

  /** The programs and settings of this machine. */
  HostView() throws IOException {
    read(Path.of("/usr"));
    for (String each : PROGRAMS) {
      Path path = Path.of(each);
      if (Files.isSymbolicLink(path)) {
        arguments.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), each));
      } else if (Files.exists(path)) {
        read(path);
      }
    }
    for (String each : SETTINGS) {
      readIfThere(Path.of("/etc", each));
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/etc"), JAVA_SETTINGS)) {
      found.forEach(this::readIfThere);
    }
    arguments.addAll(List.of("--dev", "/dev"));
    read(Path.of("/sys"));
    for (String each : HIDDEN) {
      if (Files.exists(Path.of(each))) {
        arguments.addAll(List.of("--tmpfs", each));
      }
    }
    makeDirectory(Path.of("/proc"));
    if (Files.exists(Path.of(BINARY_FORMATS_OF_HOST, "status"))) {
      bind("--ro-bind", Path.of(BINARY_FORMATS_OF_HOST), Path.of(BINARY_FORMATS));
    }
  }

  /** Makes a file or directory readable, at the same path. */
  void read(Path path) {
    bind("--ro-bind", path, path);
  }

  void readIfThere(Path path) {
    if (Files.exists(path)) {
      read(path);
    }
  }

  /** Makes a file readable at another path. */
  void read(Path file, Path as) {
    bind("--ro-bind", file, as);
  }

  /** Lets the build read the limits of its control group, and what it uses. */
  void showControlGroup(Path directory) {
    bind("--ro-bind", directory, Path.of("/sys/fs/cgroup"));
  }

  /** Makes a directory of the build writable. */
  void write(Path directory, Path as) {
    bind("--bind", directory, as);
  }

  private void bind(String how, Path source, Path target) {
    makeDirectory(target.getParent());
    arguments.addAll(List.of(how, source.toString(), target.toString()));
  }

  /** Those that bwrap creates on its own can only be entered by root of the host. */
  private void makeDirectory(@Nullable Path directory) {
    if (directory == null || directory.getNameCount() == 0 || directories.contains(directory)) {
      return;
    }
    makeDirectory(directory.getParent());
    directories.add(directory);
    if (directory.startsWith("/usr") || directory.startsWith("/sys")) {
      return; // It is the host's.
    }
    arguments.addAll(List.of("--perms", "0755", "--dir", directory.toString()));
  }

  List<String> arguments() {
    return List.copyOf(arguments);
  }
}
