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
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.internal.apt.Deb822;
import org.osgi.service.component.annotations.Component;

/**
 * Writes the source lists into the image: from trixie on as stanzas that name the keys to verify
 * them with, before as lines.
 */
@Component
@TaskDefinition(
    description = "Writing the source lists",
    phase = Phase.PACKAGE_INSTALLATION,
    collectsAtLeastOne = Source.class)
public final class WriteSources implements Task {
  private static final String LOGINS = "etc/apt/auth.conf.d/sources.conf";

  @Override
  public void run(Build build) throws IOException {
    Release release = build.manifest().release();
    Map<String, List<Source>> files = new LinkedHashMap<>();
    Set<String> logins = new TreeSet<>();
    for (Source source : build.all(Source.class)) {
      files
          .computeIfAbsent(file(release, source.list()), file -> new ArrayList<>())
          .add(withoutPassword(release, source, logins));
    }
    if (!logins.isEmpty()) {
      build.root().write(LOGINS, String.join("", logins), 0600);
    }
    if (build.all(Source.class).stream()
        .noneMatch(
            source -> List.of(release.name(), release.codename()).contains(source.suite()))) {
      build.warn(
          "No source provides the release "
              + release.name()
              + " itself; the image will not find its own packages");
    }
    build.root().delete("etc/apt/sources.list");
    for (var file : files.entrySet()) {
      build.root().write(file.getKey(), text(build, file.getValue()));
    }
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
