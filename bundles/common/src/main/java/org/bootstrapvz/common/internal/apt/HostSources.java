/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.packages.Source;

/**
 * The sources of the host's Debian packages, read from its APT configuration: {@code sources.list}
 * and the files of {@code sources.list.d}, one-line and deb822 style. A source is Debian's if its
 * suite is a release of Debian, which includes that of the host whatever its name, or if it is
 * verified with Debian's keys.
 */
public final class HostSources {
  private static final Set<String> DEBIAN =
      Set.of(
          "stretch",
          "buster",
          "bullseye",
          "bookworm",
          "trixie",
          "forky",
          "sid",
          "oldoldstable",
          "oldstable",
          "stable",
          "testing",
          "unstable");
  private static final Pattern SECURITY = Pattern.compile("(\\S+)(-security|/updates)");

  private static final String KEYS = "debian-archive-";

  private final List<Source> sources;
  private final Set<String> releases;

  private HostSources(List<Source> sources, Optional<String> codename) {
    this.sources = List.copyOf(sources);
    this.releases = new HashSet<>(DEBIAN);
    codename.ifPresent(releases::add);
  }

  /**
   * Reads the configuration.
   *
   * @param folder {@code /etc/apt} of the host; {@code os-release} is next to it
   * @throws IOException if a file exists but cannot be read
   */
  public static HostSources read(Path folder) throws IOException {
    List<Source> sources = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve("sources.list"));
    if (Files.isDirectory(folder.resolve("sources.list.d"))) {
      try (Stream<Path> found = Files.list(folder.resolve("sources.list.d"))) {
        found.sorted().forEach(files::add);
      }
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        continue;
      }
      String name = file.getFileName().toString();
      if (name.endsWith(".list")) {
        readLines(Files.readAllLines(file), sources);
      } else if (name.endsWith(".sources")) {
        readStanzas(Files.readAllLines(file), sources);
      }
    }
    return new HostSources(sources, codename(folder.resolveSibling("os-release")));
  }

  /** The code name of the host's release if the host runs Debian. */
  private static Optional<String> codename(Path osRelease) throws IOException {
    if (!Files.isRegularFile(osRelease)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(osRelease);
    String start = "VERSION_CODENAME=";
    return lines.stream()
        .filter(line -> line.startsWith(start) && lines.contains("ID=debian"))
        .map(line -> line.substring(start.length()).replace("\"", ""))
        .findFirst();
  }

  private static void readLines(List<String> lines, List<Source> sources) {
    for (String line : lines) {
      String text = line.replaceFirst("#.*", "").trim();
      if (text.startsWith("deb ") || text.startsWith("deb\t")) {
        try {
          sources.add(Source.parse("main", text));
        } catch (IllegalArgumentException e) {
          // Invalid files are ignored: apt itself reports them to the administrator of the host.
        }
      }
    }
  }

  private static void readStanzas(List<String> lines, List<Source> sources) {
    Map<String, String> fields = new HashMap<>();
    String last = null;
    List<String> all = new ArrayList<>(lines);
    all.add("");
    for (String line : all) {
      if (line.startsWith("#")) {
        continue;
      }
      if (line.isBlank()) {
        addStanza(fields, sources);
        fields.clear();
        last = null;
      } else if (Character.isWhitespace(line.charAt(0)) && last != null) {
        fields.merge(last, line.trim(), (a, b) -> a + " " + b);
      } else if (line.contains(":")) {
        last = line.substring(0, line.indexOf(':')).trim().toLowerCase(Locale.ROOT);
        fields.put(last, line.substring(line.indexOf(':') + 1).trim());
      }
    }
  }

  private static void addStanza(Map<String, String> fields, List<Source> sources) {
    boolean enabled = !fields.getOrDefault("enabled", "yes").equalsIgnoreCase("no");
    if (!enabled || !List.of(words(fields, "types")).contains("deb")) {
      return;
    }
    for (String uri : words(fields, "uris")) {
      for (String suite : words(fields, "suites")) {
        Source source = Source.deb("main", uri, suite, List.of(words(fields, "components")));
        String keys = fields.getOrDefault("signed-by", "");
        sources.add(keys.isEmpty() ? source : source.with("signed-by", keys));
      }
    }
  }

  private static String[] words(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "").trim();
    return value.isEmpty() ? new String[0] : value.split("\\s+");
  }

  /**
   * The mirror of the Debian archive, without a trailing slash; empty if the host is not configured
   * for Debian.
   */
  public Optional<String> mirror() {
    return sources.stream()
        .filter(source -> source.components().contains("main"))
        .filter(source -> isDebian(source, source.suite()))
        .map(source -> trimmed(source.uri()))
        .findFirst();
  }

  /** The mirror of the Debian security archive, without a trailing slash. */
  public Optional<String> security() {
    return sources.stream()
        .filter(source -> SECURITY.matcher(source.suite()).matches())
        .filter(source -> isDebian(source, source.suite().replaceFirst("[-/].*", "")))
        .map(source -> trimmed(source.uri()))
        .findFirst();
  }

  /** Debian's security updates are verified with the same keys as its releases. */
  private boolean isDebian(Source source, String release) {
    return releases.contains(release)
        || !SECURITY.matcher(release).matches()
            && source.options().getOrDefault("signed-by", "").contains(KEYS);
  }

  private static String trimmed(String uri) {
    return uri.replaceFirst("/+$", "");
  }
}
