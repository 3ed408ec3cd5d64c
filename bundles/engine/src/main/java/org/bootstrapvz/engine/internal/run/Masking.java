/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bootstrapvz.api.value.Secret;

/** Puts asterisks in the place of secrets. Immutable. */
final class Masking {
  private static final int SHORT = 8;

  private final Pattern secrets;

  Masking(Collection<Secret> secrets) {
    // Longest first, so that of two secrets where one begins with the other nothing stays visible.
    TreeSet<String> texts =
        new TreeSet<>(
            Comparator.comparing(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    for (Secret secret : secrets) {
      addWithQuoted(texts, secret.reveal());
      // Logs are written line by line. A line without a letter or digit, such as a brace of a JSON
      // key, tells nothing, and masking it would garble the whole log.
      secret
          .reveal()
          .lines()
          .map(String::strip)
          .filter(line -> line.chars().anyMatch(Character::isLetterOrDigit))
          .forEach(line -> addWithQuoted(texts, line));
    }
    texts.remove("");
    this.secrets =
        texts.isEmpty()
            ? null
            : Pattern.compile(
                texts.stream().map(Masking::expression).collect(Collectors.joining("|")));
  }

  /**
   * A secret of a few letters is part of many words ("test" of "latest" and "arch-test"); masking
   * those would garble the log and tell the secret. It is masked where it stands alone.
   */
  private static String expression(String secret) {
    String quoted = Pattern.quote(secret);
    return secret.length() < SHORT && secret.chars().allMatch(Character::isLetterOrDigit)
        ? "(?<![A-Za-z0-9]|[A-Za-z0-9]-)" + quoted + "(?!-?[A-Za-z0-9])"
        : quoted;
  }

  /** As it is, and as a command line shows it inside single quotes. */
  private static void addWithQuoted(Collection<String> texts, String secret) {
    texts.add(secret);
    texts.add(secret.replace("'", "'\\''"));
  }

  String apply(String text) {
    return secrets == null
        ? text
        : secrets.matcher(text).replaceAll(Matcher.quoteReplacement(Secret.MASK));
  }
}
