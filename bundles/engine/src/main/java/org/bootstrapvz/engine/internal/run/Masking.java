/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bootstrapvz.api.value.Secret;
import org.jspecify.annotations.Nullable;

/** Replaces secrets with asterisks. Safe for use by several threads. */
final class Masking {
  private static final int SHORT = 8;

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  /** Longest first, so that no part remains visible if one secret is a prefix of another. */
  private final SortedSet<String> texts =
      new TreeSet<>(
          Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

  private final List<Secret> declared = new CopyOnWriteArrayList<>();

  /** Null while there is no secret. */
  private volatile @Nullable Pattern secrets;

  Masking(Collection<Secret> secrets) {
    secrets.forEach(this::addTexts);
    compile();
  }

  /** Masks a secret that a task or a resource type declares, from now on. */
  synchronized void add(Secret secret) {
    addTexts(secret);
    compile();
    if (!secret.reveal().isEmpty()) {
      declared.add(secret);
    }
  }

  /** Returns whether a text contains a secret that was added after the start. */
  boolean holdsDeclared(String text) {
    return declared.stream().anyMatch(secret -> text.contains(secret.reveal()));
  }

  private void addTexts(Secret secret) {
    addWithQuoted(texts, secret.reveal());
    // Logs are written line by line. A line without a letter or digit, such as a brace of a JSON
    // key, reveals nothing, and masking it would garble the whole log.
    secret
        .reveal()
        .lines()
        .map(String::strip)
        .filter(line -> line.chars().anyMatch(Character::isLetterOrDigit))
        .forEach(line -> addWithQuoted(texts, line));
    addEncoded(secret.reveal());
    addEncoded(secret.reveal().strip());
    texts.remove("");
  }

  /**
   * Adds a text as it appears in addresses, and in Base64 as in headers and configuration files.
   */
  private void addEncoded(String secret) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String query = form.replace("%7E", "~");
    String path = query.replace("+", "%20").replace("*", "%2A");
    for (String encoded : List.of(form, query, path, query.replace("*", "%2A"))) {
      addWithQuoted(texts, encoded);
      addWithQuoted(texts, ESCAPE.matcher(encoded).replaceAll(found -> lowerCase(found.group())));
    }
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      texts.add(encoder.encodeToString(bytes));
      String unpadded = encoder.withoutPadding().encodeToString(bytes);
      // The Base64 of a few letters without padding may be a word.
      if (unpadded.length() >= SHORT) {
        texts.add(unpadded);
      }
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void compile() {
    secrets =
        texts.isEmpty()
            ? null
            : Pattern.compile(
                texts.stream().map(Masking::expression).collect(Collectors.joining("|")));
  }

  /**
   * A secret of a few letters is part of many words ("test" of "latest" and "arch-test"); masking
   * those would garble the log and reveal the secret. It is only masked as a separate word.
   */
  private static String expression(String secret) {
    String quoted = Pattern.quote(secret);
    return secret.length() < SHORT && secret.chars().allMatch(Character::isLetterOrDigit)
        ? "(?<![A-Za-z0-9]|[A-Za-z0-9]-)" + quoted + "(?!-?[A-Za-z0-9])"
        : quoted;
  }

  /** Adds a text unchanged, and as it appears in single quotes on a command line. */
  private static void addWithQuoted(Collection<String> texts, String secret) {
    texts.add(secret);
    texts.add(secret.replace("'", "'\\''"));
  }

  /**
   * Returns the length of the longest beginning of a text that can be masked separately: no secret
   * is divided, whatever follows the text.
   */
  synchronized int separable(String text) {
    Pattern current = secrets;
    if (current == null) {
      return text.length();
    }
    int end = Math.max(0, text.length() - texts.first().length());
    for (Matcher match = current.matcher(text); match.find() && match.start() < end; ) {
      end = match.end() > end ? match.start() : end;
    }
    return end;
  }

  String apply(String text) {
    Pattern current = secrets;
    return current == null
        ? text
        : current.matcher(text).replaceAll(Matcher.quoteReplacement(Secret.MASK));
  }
}
