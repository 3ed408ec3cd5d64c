/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.Suggestion;

/** Checks the names of hosts, packages, locales, character sets and time zones. */
final class SystemNames {
  /** HOST_NAME_MAX of Linux. */
  private static final int MAX_HOST_NAME = 64;

  /** RFC 1123, 2.1. */
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  /** Debian Policy, 5.6.1; with the architecture, or the mark of a task of tasksel. */
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+|\\^)?");

  private static final Path HOST_ZONES = Path.of("/usr/share/zoneinfo");

  private SystemNames() {}

  /** What is wrong with a name, and what would be right. */
  record Fault(String problem, String remedy) {}

  /** Read only when a manifest needs them. */
  private static final class Locales {
    /** The locales of glibc 2.36 to 2.42, without their character sets. */
    static final Set<String> NAMES = lines("locales.txt");

    /** The character sets of glibc that localedef knows. */
    static final Set<String> CHARMAPS = lines("charmaps.txt");

    private Locales() {}
  }

  static Optional<Fault> hostName(String name) {
    for (String label : name.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return Optional.of(
            new Fault(
                quoted(name) + " is not a host name",
                "Write letters, digits and dashes, at most 63 between two dots, without a dash at"
                    + " either end"));
      }
    }
    return name.length() <= MAX_HOST_NAME
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "The host name has " + name.length() + " characters",
                "Linux allows " + MAX_HOST_NAME));
  }

  static Optional<Fault> packageName(String name) {
    return PACKAGE.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            new Fault(
                quoted(name) + " is not the name of a package",
                "A package name has lower-case letters, digits, +, - and dots, and starts with a"
                    + " letter or digit"));
  }

  static Optional<Fault> locale(String name) {
    String language = name + "_";
    if (Locales.NAMES.stream().anyMatch(each -> each.startsWith(language))) {
      String usual = language + name.toUpperCase(Locale.ROOT);
      String example = Locales.NAMES.contains(usual) ? usual : first(language);
      return Optional.of(
          new Fault(
              "The locale " + quoted(name) + " has no country",
              "Write " + example + " or the like"));
    }
    // The code of the United Kingdom is GB.
    String british = name.replace("_UK", "_GB");
    if (!british.equals(name) && Locales.NAMES.contains(british)) {
      return Optional.of(
          new Fault("There is no locale " + quoted(name), "Did you mean " + british + "?"));
    }
    return known(name, Locales.NAMES, "locale", "Write a language and a country, such as en_US");
  }

  static Optional<Fault> charmap(String name) {
    return known(name, Locales.CHARMAPS, "character encoding", "Write one such as UTF-8");
  }

  /** The host may have zones that are newer than those of Java. */
  static Optional<Fault> timeZone(String name) {
    Set<String> zones = ZoneId.getAvailableZoneIds();
    return zones.contains(name) || Files.isRegularFile(HOST_ZONES.resolve(name))
        ? Optional.empty()
        : known(name, zones, "time zone", "Write a name of the tz database, such as Europe/Berlin");
  }

  private static Optional<Fault> known(
      String name, Set<String> names, String kind, String otherwise) {
    if (names.contains(name)) {
      return Optional.empty();
    }
    String remedy =
        Suggestion.nearest(name, names)
            .map(nearest -> "Did you mean " + nearest + "?")
            .orElse(otherwise);
    return Optional.of(new Fault("There is no " + kind + " " + quoted(name), remedy));
  }

  private static String first(String language) {
    return language.equals("en_")
        ? "en_US"
        : Locales.NAMES.stream()
            .filter(each -> each.startsWith(language))
            .findFirst()
            .orElseThrow();
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  private static Set<String> lines(String resource) {
    try (InputStream in = Objects.requireNonNull(SystemNames.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
