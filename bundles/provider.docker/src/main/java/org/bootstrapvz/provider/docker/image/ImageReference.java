/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image.
 *
 * @param registry host and optional port; empty if the name has none
 * @param repository path and name
 * @param tag {@code latest} if the name has none
 */
public record ImageReference(String registry, String repository, String tag) {
  private static final String LATEST = "latest";
  private static final int LONGEST = 255;

  /** Registry, repository and tag. */
  private static final int LONGEST_NAME = 700;

  private static final Pattern REGISTRY =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(:\\d{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:((?:[^/]*[.:][^/]*|localhost)(?=/))/)?([^:@]*)(?::([^@]*))?", Pattern.DOTALL);

  /**
   * Reads a name: {@code debian}, {@code team/debian:trixie}, {@code
   * registry.example.org:5000/team/debian:trixie}.
   *
   * @throws IllegalArgumentException if it is invalid; the message, for users, has the remedy
   */
  public static ImageReference parse(String text) {
    if (text.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "The image name has "
              + text.length()
              + " characters; at most "
              + LONGEST_NAME
              + " are possible");
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not an image name. Write repository:tag, as in debian:trixie");
    }
    String registry = parts.group(1) == null ? "" : parts.group(1);
    String repository = parts.group(2);
    String tag = parts.group(3) == null ? LATEST : parts.group(3);
    if (!registry.isEmpty() && !REGISTRY.matcher(registry).matches()) {
      throw new IllegalArgumentException(
          "\"" + registry + "\" is not a registry address. Write host or host:port");
    }
    if (!REPOSITORY.matcher(repository).matches() || repository.length() > LONGEST) {
      String lower = repository.toLowerCase(Locale.ROOT);
      throw new IllegalArgumentException(
          "\""
              + repository
              + "\" is not a repository name: it consists of lower-case letters, digits and, between them,"
              + " dots, dashes and underscores, up to "
              + LONGEST
              + " in all"
              + (REPOSITORY.matcher(lower).matches() ? ". Write " + lower : ""));
    }
    if (!TAG.matcher(tag).matches()) {
      throw new IllegalArgumentException(
          "\""
              + tag
              + "\" is not a tag: it consists of letters, digits, dots, dashes and underscores, up to 128");
    }
    return new ImageReference(registry, repository, tag);
  }

  /** A name for files, without slashes and colons. */
  public String fileName() {
    return toString().replaceAll("[/:\\[\\]]+", "-");
  }

  /** The full name, with the tag. */
  @Override
  public String toString() {
    return (registry.isEmpty() ? "" : registry + "/") + repository + ":" + tag;
  }
}
