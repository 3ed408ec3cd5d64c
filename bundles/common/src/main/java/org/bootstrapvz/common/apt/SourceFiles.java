/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.common.internal.apt.Deb822;

/**
 * The source lists in the image: from trixie on stanzas that name the keys to verify them with,
 * before lines.
 */
final class SourceFiles {
  private static final String LOGINS = "etc/apt/auth.conf.d/sources.conf";

  private SourceFiles() {}

  /** Writes the lists of these sources. */
  static void write(Build build, List<Source> sources) throws IOException {
    Release release = build.manifest().release();
    Map<String, List<Source>> files = new LinkedHashMap<>();
    Set<String> logins = new TreeSet<>();
    for (Source source : sources) {
      files
          .computeIfAbsent(file(release, source.list()), file -> new ArrayList<>())
          .add(withoutPassword(release, source, logins));
    }
    if (!logins.isEmpty()) {
      build.root().write(LOGINS, String.join("", logins), 0600);
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
    build.root().delete(LOGINS);
  }

  /** Before bullseye, apt does not read a scheme in the file of the passwords. */
  private static Source withoutPassword(Release release, Source source, Set<String> logins) {
    Optional<Credentials> found = Credentials.of(source.uri());
    if (found.isEmpty() || !release.atLeast(11)) {
      return source;
    }
    logins.add(found.get().line());
    return new Source(
        source.list(),
        source.type(),
        source.options(),
        Credentials.stripped(source.uri()),
        source.suite(),
        source.components());
  }

  private static String file(Release release, String list) {
    if (TrustedKeys.namedBySources(release)) {
      return "etc/apt/sources.list.d/" + (list.equals("main") ? "debian" : list) + ".sources";
    }
    return list.equals("main")
        ? "etc/apt/sources.list"
        : "etc/apt/sources.list.d/" + list + ".list";
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
