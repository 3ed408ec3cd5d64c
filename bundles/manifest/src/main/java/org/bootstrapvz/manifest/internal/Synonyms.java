/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.problem.Suggestion;

/** Finds the word of a manifest that a user meant by a word of another tool or distribution. */
final class Synonyms {
  /** The words of manifests by those of others, in lower case and with underscores. */
  private static final Map<String, List<String>> MEANINGS =
      Map.ofEntries(
          // Values
          Map.entry("x86_64", List.of("amd64")),
          Map.entry("x64", List.of("amd64")),
          Map.entry("x86", List.of("i386")),
          Map.entry("i486", List.of("i386")),
          Map.entry("i586", List.of("i386")),
          Map.entry("i686", List.of("i386")),
          Map.entry("aarch64", List.of("arm64")),
          Map.entry("armv8", List.of("arm64")),
          Map.entry("ext", List.of("ext4")),
          Map.entry("ext5", List.of("ext4")),
          Map.entry("mbr", List.of("msdos")),
          Map.entry("dos", List.of("msdos")),
          Map.entry("syslinux", List.of("extlinux")),
          Map.entry("grub_pc", List.of("grub")),
          Map.entry("grub_efi", List.of("grub")),
          Map.entry("efi", List.of("uefi", "esp")),
          Map.entry("networkd", List.of("systemd-networkd")),
          Map.entry("networking", List.of("ifupdown", "network")),
          Map.entry("minimal", List.of("minbase")),
          // Keys
          Map.entry("user", List.of("username")),
          Map.entry("user_name", List.of("username")),
          Map.entry("login", List.of("username")),
          Map.entry("passwd", List.of("password")),
          Map.entry("pass", List.of("password")),
          Map.entry("password_hash", List.of("password-crypted")),
          Map.entry("hashed_password", List.of("password-crypted")),
          Map.entry("key", List.of("pubkey")),
          Map.entry("ssh_key", List.of("pubkey")),
          Map.entry("public_key", List.of("pubkey")),
          Map.entry("authorized_keys", List.of("pubkey")),
          Map.entry("arch", List.of("architecture")),
          Map.entry("suite", List.of("release")),
          Map.entry("codename", List.of("release")),
          Map.entry("version", List.of("release")),
          Map.entry("distribution", List.of("release")),
          Map.entry("lang", List.of("locale")),
          Map.entry("language", List.of("locale")),
          Map.entry("encoding", List.of("charmap")),
          Map.entry("charset", List.of("charmap")),
          Map.entry("tz", List.of("timezone")),
          Map.entry("time_zone", List.of("timezone")),
          Map.entry("host", List.of("hostname")),
          Map.entry("host_name", List.of("hostname")),
          Map.entry("packages", List.of("install", "include_packages")),
          Map.entry("include", List.of("include_packages", "install")),
          Map.entry("repositories", List.of("sources")),
          Map.entry("repos", List.of("sources")),
          Map.entry("keys", List.of("trusted-keys")),
          Map.entry("pins", List.of("preferences")),
          Map.entry("url", List.of("mirror")),
          Map.entry("fs", List.of("filesystem")),
          Map.entry("fstype", List.of("filesystem")),
          Map.entry("fs_type", List.of("filesystem")),
          Map.entry("mount_options", List.of("mountopts")),
          Map.entry("options", List.of("mountopts")),
          Map.entry("permissions", List.of("mode")),
          Map.entry("mode", List.of("permissions")),
          Map.entry("capacity", List.of("size")),
          Map.entry("format", List.of("backing", "filesystem")),
          Map.entry("disk", List.of("volume")),
          Map.entry("image", List.of("volume")),
          Map.entry("source", List.of("src")),
          Map.entry("from", List.of("src")),
          Map.entry("dest", List.of("dst")),
          Map.entry("destination", List.of("dst")),
          Map.entry("target", List.of("dst")),
          Map.entry("to", List.of("dst")),
          Map.entry("path", List.of("dst", "dir")),
          Map.entry("run", List.of("commands")),
          Map.entry("scripts", List.of("commands")),
          Map.entry("cache", List.of("tarball")));

  private Synonyms() {}

  /** The candidate with the same meaning, or else the one that is spelt most alike. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    String normal = word.toLowerCase(Locale.ROOT).replace('-', '_');
    return MEANINGS.getOrDefault(normal, List.of()).stream()
        .filter(candidates::contains)
        .findFirst()
        .or(() -> Suggestion.nearest(word, candidates));
  }
}
