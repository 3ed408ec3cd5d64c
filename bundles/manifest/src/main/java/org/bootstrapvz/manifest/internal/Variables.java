/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * The manifest variables: {@code {system.release}} or {@code {system[release]}} for a scalar of the
 * manifest, {@code {%Y}} for the time. The value of a variable is not expanded again.
 *
 * <p>{@code {apt_mirror}} and {@code {apt_security}} stand for {@code packages.mirror} and {@code
 * packages.security}. If the manifest does not set these, the mirror is that of the host, which is
 * not known here: the variable is left unchanged for later expansion.
 */
final class Variables {
  private static final Pattern FIELD =
      Pattern.compile("([^.\\[\\]!:]+)((?:\\.[^.\\[\\]!:]+|\\[[^\\]]+\\])*)");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[([^\\]]+)\\]");
  private static final int MAX_SUGGESTIONS = 300;

  /** Among more names none is suggested. */
  private static final int MAX_NAMES = 2000;

  private static final int MAX_FIELD = 1000;

  /** No setting is longer; a long value that is used often would fill the memory. */
  private static final int MAX_EXPANDED = 4 << 20;

  private static final String BRACES = "Write {{ and }} for braces that are text";

  private final ManifestValue root;
  private final LocalDateTime time;

  private final AtomicInteger suggestions = new AtomicInteger();

  /** The paths of the scalars; null until an unknown variable needs them. */
  private volatile @Nullable List<String> paths;

  Variables(ManifestValue root, LocalDateTime time) {
    this.root = root;
    this.time = time;
  }

  LocalDateTime time() {
    return time;
  }

  /** A variable that does not exist, or a text with misplaced braces. */
  static final class VariableException extends IllegalArgumentException {
    final String problem;
    final String remedy;

    VariableException(String problem, String remedy) {
      super(problem + ". " + remedy);
      this.problem = problem;
      this.remedy = remedy;
    }

    /** An error of a user, who needs no trace; a manifest may have many of them. */
    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  /**
   * Expands the variables of a text.
   *
   * @param more additional variables, which take precedence over those of the manifest
   * @throws VariableException if it names an unknown variable or is malformed
   */
  String expand(String text, Map<String, String> more) {
    StringBuilder expanded = new StringBuilder();
    int position = 0;
    while (position < text.length()) {
      char c = text.charAt(position);
      if ((c == '{' || c == '}') && text.startsWith(String.valueOf(c), position + 1)) {
        expanded.append(c);
        position += 2;
      } else if (c == '}') {
        throw new VariableException("The text has a } without a {", BRACES);
      } else if (c == '{') {
        int end = text.indexOf('}', position);
        if (end < 0) {
          throw new VariableException("The text has a { without a }", BRACES);
        }
        expanded.append(value(text.substring(position + 1, end), more));
        position = end + 1;
        if (expanded.length() > MAX_EXPANDED) {
          throw new VariableException(
              "The text has more than "
                  + (MAX_EXPANDED >> 20)
                  + " MiB after its variables are"
                  + " expanded",
              "Use fewer variables, or variables with shorter values");
        }
      } else {
        expanded.append(c);
        position++;
      }
    }
    return expanded.toString();
  }

  private String value(String field, Map<String, String> more) {
    if (field.length() > MAX_FIELD) {
      throw new VariableException(
          "{" + field.substring(0, 60) + "…} is too long for the name of a variable", BRACES);
    }
    if (more.containsKey(field)) {
      return more.get(field);
    }
    if (field.startsWith("%")) {
      if (field.length() == 2 && StrftimeFormat.LETTERS.indexOf(field.charAt(1)) >= 0) {
        return StrftimeFormat.format(field.charAt(1), time);
      }
      throw new VariableException(
          "{" + field + "} is not a time code",
          "Write {{"
              + field
              + "}} for braces that are text. The time codes are {%Y} and the like with one of the letters "
              + StrftimeFormat.LETTERS);
    }
    Matcher matcher = FIELD.matcher(field);
    if (!matcher.matches()) {
      throw new VariableException(
          "{" + field + "} is not the name of a variable",
          "Write {{"
              + field
              + "}} for braces that are text. A variable is a path of the manifest"
              + " such as {system.release}");
    }
    List<String> keys = new ArrayList<>(List.of(matcher.group(1)));
    Matcher steps = STEP.matcher(matcher.group(2));
    while (steps.find()) {
      keys.add(steps.group(1) != null ? steps.group(1) : steps.group(2));
    }
    if (field.equals("apt_mirror") || field.equals("apt_security")) {
      ManifestValue mirror = root.get("packages").get(field.substring("apt_".length()));
      return (mirror.isMap() ? mirror.get("url") : mirror).text("{" + field + "}");
    }
    ManifestValue value = root;
    for (String key : keys) {
      value = value.get(key);
    }
    if (!value.isScalar()) {
      throw unknown(field, value, more.keySet());
    }
    // Booleans print as in the original.
    if (value.data() instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    return value.text();
  }

  private VariableException unknown(String field, ManifestValue value, Set<String> more) {
    if (value.exists()) {
      return new VariableException(
          "{" + field + "} stands for a " + (value.isMap() ? "map" : "list"),
          "Only texts, numbers and booleans of the manifest can be variables");
    }
    List<String> names = names(more);
    Optional<String> nearest =
        names.size() > MAX_NAMES || suggestions.incrementAndGet() > MAX_SUGGESTIONS
            ? Optional.empty()
            : Suggestion.nearest(field, names);
    return new VariableException(
        "There is no variable {" + field + "}",
        nearest
                .map(name -> "Did you mean {" + name + "}? ")
                .orElse("Write {{" + field + "}} for braces that are text. ")
            + "A variable is the path of a value in this manifest, or {%Y} and the like for the"
            + " time");
  }

  private List<String> names(Set<String> more) {
    List<String> known = paths;
    if (known == null) {
      List<String> collected = new ArrayList<>();
      collect(root, collected);
      known = List.copyOf(collected);
      paths = known;
    }
    List<String> names = new ArrayList<>(more);
    names.addAll(List.of("apt_mirror", "apt_security"));
    names.addAll(known);
    return names;
  }

  private static void collect(ManifestValue value, List<String> names) {
    if (names.size() > MAX_NAMES) {
      return;
    }
    if (value.isScalar()) {
      names.add(value.path());
    } else if (value.isMap()) {
      value.entries().values().forEach(entry -> collect(entry, names));
    }
  }
}
