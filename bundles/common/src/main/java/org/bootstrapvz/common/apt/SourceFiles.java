/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.common.internal.apt.Deb822;

/**
 * The source lists in the image: from trixie on stanzas that name the keys to verify them with,
 * before lines.
 */
final class SourceFiles {
  private static final String FOLDER = "etc/apt/sources.list.d/";

  private SourceFiles() {}

  /** Writes the lists of these sources, and their credentials. */
  static void write(Build build, List<Source> sources) throws IOException {
    Release release = build.manifest().release();
    Map<String, List<Source>> files = new LinkedHashMap<>();
    List<Credentials> credentials = new ArrayList<>();
    for (Source source : sources) {
      Optional<Credentials> found = Credentials.of(source.uri());
      boolean separate = found.isPresent() && separateCredentials(release);
      if (separate) {
        credentials.add(found.get());
      }
      files
          .computeIfAbsent(file(release, source.list()), file -> new ArrayList<>())
          .add(separate ? Credentials.without(source) : source);
    }
    if (!credentials.isEmpty()) {
      build.root().write(WriteSources.CREDENTIALS, Credentials.file(credentials).reveal(), 0600);
    }
    build.root().delete("etc/apt/sources.list");
    for (var file : files.entrySet()) {
      build.root().write(file.getKey(), text(build, file.getValue()));
    }
  }

  /** Deletes the lists of these sources. */
  static void delete(Build build, List<Source> sources) throws IOException {
    for (Source source : sources) {
      build.root().delete(file(build.manifest().release(), source.list()));
    }
    build.root().delete(WriteSources.CREDENTIALS);
  }

  /** Deletes the credentials, unless the manifest keeps them in the image. */
  static void deleteCredentials(Build build) throws IOException {
    Root root = build.root();
    if (build.manifest().at("packages.keep-credentials").isTrue(false)) {
      return;
    }
    root.delete(WriteSources.CREDENTIALS);
    if (separateCredentials(build.manifest().release())) {
      return;
    }
    List<String> lists = new ArrayList<>(List.of("etc/apt/sources.list"));
    root.list("etc/apt/sources.list.d").forEach(name -> lists.add(FOLDER + name));
    for (String list : lists) {
      if (root.isFile(list)) {
        String text = root.read(list);
        String stripped =
            text.lines().map(SourceFiles::withoutCredentials).collect(Collectors.joining());
        if (!stripped.equals(text)) {
          root.write(list, stripped);
        }
      }
    }
  }

  private static String withoutCredentials(String line) {
    return Stream.of(line.split(" ")).map(Credentials::without).collect(Collectors.joining(" "))
        + "\n";
  }

  /** Before bullseye, apt does not read a scheme in the file of the passwords. */
  private static boolean separateCredentials(Release release) {
    return release.atLeast(11);
  }

  private static String file(Release release, String list) {
    if (TrustedKeys.namedBySources(release)) {
      return FOLDER + (list.equals("main") ? "debian" : list) + ".sources";
    }
    return list.equals("main") ? "etc/apt/sources.list" : FOLDER + list + ".list";
  }

  private static String text(Build build, List<Source> sources) {
    if (!TrustedKeys.namedBySources(build.manifest().release())) {
      return sources.stream().map(source -> source.line() + "\n").collect(Collectors.joining());
    }
    List<String> keys = TrustedKeys.paths(build.manifest());
    if (keys.isEmpty()) {
      return Deb822.text(sources);
    }
    // A source of the manifest may also be a suite of Debian.
    String all = DebianSource.KEYRING + "," + String.join(",", keys);
    return Deb822.text(
        sources.stream()
            .map(
                source ->
                    source.options().containsKey("signed-by")
                        ? source
                        : source.with("signed-by", all))
            .toList());
  }
}
