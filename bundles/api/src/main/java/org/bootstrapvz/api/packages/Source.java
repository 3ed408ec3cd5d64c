/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A source of packages, as a line of {@code sources.list}.
 *
 * @param list the list that contains it; {@code main} for {@code etc/apt/sources.list}
 * @param type {@code deb} or {@code deb-src}
 * @param options the options in brackets, such as {@code signed-by}
 * @param uri the address of the archive
 * @param suite the suite, or an exact path that ends in a slash
 * @param components the components; empty with an exact path
 */
public record Source(
    String list,
    String type,
    Map<String, String> options,
    String uri,
    String suite,
    List<String> components) {
  private static final Pattern LINE =
      Pattern.compile(
          "(deb|deb-src)\\s+(?:\\[([^]]*)]\\s+)?(\\S+)\\s+(\\S+)(?:\\s+(.*))?", Pattern.DOTALL);

  /** Longer lines are not shown as a whole. */
  private static final int MAX_SHOWN = 300;

  /** Copies the options and components. */
  public Source {
    options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
    components = List.copyOf(components);
  }

  /** Returns a source of binary packages, without options. */
  public static Source deb(String list, String uri, String suite, List<String> components) {
    return new Source(list, "deb", Map.of(), uri, suite, components);
  }

  /**
   * Reads a line of {@code sources.list}.
   *
   * @throws IllegalArgumentException if it is not a source; the message describes the format
   */
  public static Source parse(String list, String line) {
    Matcher matcher = LINE.matcher(line.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + shown(line)
              + "\" is not a source: write \"deb URI SUITE COMPONENT...\", for example \"deb"
              + " http://mirror.example.org/debian trixie main\"");
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (matcher.group(2) != null) {
      for (String option : matcher.group(2).trim().split("\\s+")) {
        String[] pair = option.split("=", 2);
        if (pair.length != 2) {
          throw new IllegalArgumentException(
              "The option \""
                  + shown(option)
                  + "\" of the source \""
                  + shown(line)
                  + "\" has no value");
        }
        options.put(pair[0], pair[1]);
      }
    }
    String components = matcher.group(5) == null ? "" : matcher.group(5).trim();
    return new Source(
        list,
        matcher.group(1),
        options,
        matcher.group(3),
        matcher.group(4),
        components.isEmpty() ? List.of() : List.of(components.split("\\s+")));
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  /** Returns a copy with this value of an option. */
  public Source with(String option, String value) {
    Map<String, String> changed = new LinkedHashMap<>(options);
    changed.put(option, value);
    return new Source(list, type, changed, uri, suite, components);
  }

  /** Returns the source of its source code. */
  public Source sourceCode() {
    return new Source(list, "deb-src", options, uri, suite, components);
  }

  /** Returns the line of {@code sources.list}. */
  public String line() {
    String bracket =
        options.isEmpty()
            ? ""
            : options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" ", "[", "] "));
    return (type + " " + bracket + uri + " " + suite + " " + String.join(" ", components)).trim();
  }
}
