/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.SignedBy;
import org.bootstrapvz.api.packages.Source;

/** The keys of the manifest and their location in the image. */
final class TrustedKeys {
  /** The keys that sources name. */
  private static final String NAMED = "/etc/apt/keyrings/";

  private TrustedKeys() {}

  /**
   * From trixie on, a source names the keys it is verified with; before, each key is valid for all
   * sources.
   */
  static boolean namedBySources(Release release) {
    return release.atLeast(13);
  }

  private static String folder(Release release) {
    return namedBySources(release) ? NAMED : "/etc/apt/trusted.gpg.d/";
  }

  /** The paths of the keys of {@code packages.trusted-keys} in the image. */
  static List<String> paths(Manifest manifest) {
    Map<Path, String> names = names(manifest);
    return trusted(manifest).stream()
        .map(file -> folder(manifest.release()) + names.get(file))
        .distinct()
        .toList();
  }

  /** A value of the option {@code signed-by}, as apt in the image needs it. */
  static String signedBy(Manifest manifest, String value) {
    return SignedBy.isHostFile(value)
        ? NAMED + names(manifest).get(manifest.resolve(value))
        : value;
  }

  /** The source with {@code signed-by} as apt in the image needs it. */
  static Source inImage(Manifest manifest, Source source) {
    String keys = source.options().get("signed-by");
    return keys == null
        ? source
        : source.with(
            "signed-by",
            SignedBy.values(keys).stream()
                .map(key -> signedBy(manifest, key))
                .collect(Collectors.joining(",")));
  }

  /** The files to copy into the image, by their path in it. */
  static Map<String, Path> copies(Manifest manifest) {
    Map<Path, String> names = names(manifest);
    Map<String, Path> copies = new LinkedHashMap<>();
    trusted(manifest)
        .forEach(file -> copies.put(folder(manifest.release()) + names.get(file), file));
    signing(manifest).forEach(file -> copies.put(NAMED + names.get(file), file));
    return copies;
  }

  private static List<Path> trusted(Manifest manifest) {
    return manifest.at("packages.trusted-keys").items().stream().map(manifest::resolve).toList();
  }

  /** The key files of the host that mirrors and sources name. */
  static List<Path> signing(Manifest manifest) {
    List<String> values = new ArrayList<>();
    for (MirrorSetting mirror : MirrorSetting.values()) {
      values.addAll(mirror.keys(manifest));
    }
    // The name of a key does not depend on the mirrors.
    Map<String, String> mirrors = Map.of("apt_mirror", "mirror", "apt_security", "mirror");
    for (ManifestValue list : manifest.at("packages.sources").entries().values()) {
      for (String line : list.texts()) {
        try {
          Source source = Source.parse("", manifest.expand(line, mirrors));
          values.addAll(SignedBy.values(source.options().getOrDefault("signed-by", "")));
        } catch (IllegalArgumentException e) {
          // Reported when the source is added.
        }
      }
    }
    return values.stream().filter(SignedBy::isHostFile).map(manifest::resolve).distinct().toList();
  }

  /**
   * The name of each key in the image: that of the file, without characters that apt does not
   * accept, and with a number if another key has the same.
   */
  private static Map<Path, String> names(Manifest manifest) {
    List<Path> files = new ArrayList<>(trusted(manifest));
    files.addAll(signing(manifest));
    Map<Path, String> names = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    for (Path file : files) {
      if (!names.containsKey(file)) {
        String name =
            file.getFileName()
                .toString()
                .replaceAll("[^A-Za-z0-9._-]", "-")
                .replaceFirst("^\\.+", "");
        String free = name;
        for (int number = 2; !used.add(free); number++) {
          free = name.replaceFirst("(\\.[^.]*)?$", "-" + number + "$1");
        }
        names.put(file, free);
      }
    }
    return names;
  }
}
