/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Root;

/**
 * The names of the options that files of apt's configuration set, as apt.conf(5) describes them.
 * apt-config does not tell whether a value is apt's own default.
 */
public final class ConfiguredOptions {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>//.*|/\\*(?s:.*?)\\*/|#(?!clear|include).*)"
              + "|#clear|[{};]|\"[^\"]*\"|[^\\s{};\"]+");
  private static final String SEPARATOR = "::";

  private final Set<String> names = new TreeSet<>();

  private ConfiguredOptions() {}

  /** Reads the configuration of an image. */
  public static ConfiguredOptions of(Root root, String folder, String main) throws IOException {
    ConfiguredOptions options = new ConfiguredOptions();
    for (String file : root.list(folder)) {
      options.read(root.read(folder + "/" + file));
    }
    if (root.isFile(main)) {
      options.read(root.read(main));
    }
    return options;
  }

  private void read(String text) {
    Deque<String> scopes = new ArrayDeque<>(List.of(""));
    String name = "";
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      String found = token.group();
      if (token.group("comment") != null || found.equals("#clear")) {
        continue;
      }
      switch (found) {
        case "{" -> {
          scopes.push(scopes.peek() + name + SEPARATOR);
          names.add(scopes.peek());
          name = "";
        }
        case "}" -> {
          scopes.pop();
          name = "";
        }
        case ";" -> {
          names.add(scopes.peek() + name + SEPARATOR);
          name = "";
        }
        default -> name = name.isEmpty() ? normalized(found) : name;
      }
    }
  }

  /** Names are not case-sensitive; a separator at the end appends to a list. */
  private static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst(SEPARATOR + "$", "");
  }

  /** Returns whether an option, or one below it, is set. */
  public boolean contain(String option) {
    String prefix = normalized(option) + SEPARATOR;
    return names.stream().anyMatch(name -> name.startsWith(prefix));
  }
}
