/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.packages.SignedBy;

/**
 * The options of a source, sources.list(5). apt ignores an option that it does not know and takes a
 * value that it does not understand for the default.
 */
final class SourceOptions {
  /**
   * @param since the major version of the first release whose apt has it
   * @param wanted what a value is
   */
  private record Kind(int since, String wanted, Predicate<String> matches) {}

  private static final Pattern TRUTH =
      Pattern.compile("yes|no|true|false|with|without|on|off|enable|disable|1|0");
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final Pattern SNAPSHOT = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]*");
  private static final Map<String, Kind> KINDS = kinds();

  private SourceOptions() {}

  private static boolean words(String text) {
    return !text.isEmpty()
        && !("," + text + ",").contains(",,")
        && text.chars().noneMatch(Character::isWhitespace);
  }

  private static Map<String, Kind> kinds() {
    Kind words = new Kind(7, "a list of words, separated by commas", SourceOptions::words);
    Map<String, Kind> kinds = new TreeMap<>();
    List.of("arch", "lang", "target").forEach(name -> kinds.put(name, words));
    Kind packages = new Kind(14, words.wanted, words.matches);
    List.of("include", "exclude").forEach(name -> kinds.put(name, packages));
    kinds.put("trusted", truth(7));
    Stream.of(
            "allow-insecure",
            "allow-weak",
            "allow-downgrade-to-insecure",
            "check-valid-until",
            "pdiffs")
        .forEach(name -> kinds.put(name, truth(9)));
    kinds.put("check-date", truth(11));
    kinds.put(
        "by-hash",
        new Kind(
            9, "yes, no or force", text -> text.equals("force") || TRUTH.matcher(text).matches()));
    kinds.put(
        "signed-by", new Kind(9, "a list of key files and fingerprints", SourceOptions::keys));
    Kind seconds = new Kind(9, "a number of seconds", SECONDS.asMatchPredicate());
    kinds.put("valid-until-min", seconds);
    kinds.put("valid-until-max", seconds);
    kinds.put("date-max-future", new Kind(11, seconds.wanted, seconds.matches));
    kinds.put("inrelease-path", new Kind(11, "a path", text -> !text.isEmpty()));
    kinds.put(
        "snapshot",
        new Kind(
            13, "enable, disable or a time such as 20260101T000000Z", SNAPSHOT.asMatchPredicate()));
    // Identifiers of what is downloaded can be switched, too.
    Stream.of(
            "packages",
            "translations",
            "sources",
            "contents-deb",
            "contents-deb-legacy",
            "contents-udeb",
            "contents-udeb-legacy",
            "contents-dsc",
            "contents-dsc-legacy",
            "dep-11",
            "dep-11-icons",
            "dep-11-icons-hidpi")
        .forEach(name -> kinds.put(name, truth(9)));
    return kinds;
  }

  private static Kind truth(int since) {
    return new Kind(since, "yes or no", TRUTH.asMatchPredicate());
  }

  /** A file of the manifest must have an ending that apt reads in each release. */
  private static boolean keys(String text) {
    return !SignedBy.values(text).isEmpty()
        && SignedBy.values(text).stream()
            .allMatch(
                value ->
                    SignedBy.isFingerprint(value)
                        || value.matches(
                            SignedBy.isHostFile(value) ? ".*\\.(gpg|asc)" : ".*\\.(gpg|asc|pgp)"));
  }

  static Collection<String> names() {
    return KINDS.keySet();
  }

  /** The description of what a value must be; empty if the value is right or the option unknown. */
  static Optional<String> wanted(String option, String value) {
    return kind(option)
        .filter(kind -> !kind.matches.test(value.toLowerCase(java.util.Locale.ROOT)))
        .filter(kind -> !kind.matches.test(value))
        .map(Kind::wanted);
  }

  static boolean isKnown(String option) {
    return kind(option).isPresent();
  }

  /** The major version of the first release whose apt has the option. */
  static int since(String option) {
    return kind(option).map(Kind::since).orElse(0);
  }

  /** {@code arch+=armhf} adds to a list, and {@code arch-=armhf} removes from it. */
  private static Optional<Kind> kind(String option) {
    Kind exact = KINDS.get(option);
    if (exact == null && option.matches("(arch|lang|target|include|exclude)[+-]")) {
      exact = KINDS.get(option.substring(0, option.length() - 1));
    }
    return Optional.ofNullable(exact);
  }
}
