/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Secret;

/**
 * A manifest as YAML: with all that it includes, its variables replaced. Reading the text gives a
 * manifest with the same values. Immutable.
 */
public final class ManifestText {
  private static final int COMMENT_COLUMN = 48;

  /** Texts that no reader of YAML takes for anything else. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z/][A-Za-z0-9_./+=@~-]*(?:(?: |:(?=[^\\s]))[A-Za-z0-9_./+=@~-]+)*");

  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  /** Numbers as YAML 1.1 writes them; a reader resolves these texts to numbers. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*|[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+]?[0-9]+)?)");

  private final List<Line> lines;
  private final Manifest manifest;
  private final List<Secret> hidden;

  /**
   * A line of the text.
   *
   * @param text the line
   * @param origin where its value comes from
   */
  private record Line(String text, Location origin) {}

  private ManifestText(Manifest manifest, List<Secret> hidden) {
    this.manifest = manifest;
    this.hidden = hidden;
    this.lines = map(manifest.root());
  }

  /** Returns the text of a manifest with its secrets. Treat it as confidential. */
  public static ManifestText confidential(Manifest manifest) {
    return new ManifestText(manifest, List.of());
  }

  /** Returns the text of a manifest with asterisks in place of its secrets. */
  public static ManifestText masked(Manifest manifest) {
    return new ManifestText(manifest, manifest.secrets());
  }

  /** Returns the text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }

  /** Returns the text with a comment in each line that says where its value comes from. */
  public String annotated() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String shown = line.text();
      text.append(shown)
          .append(" ".repeat(Math.max(2, COMMENT_COLUMN - shown.length())))
          .append("# ")
          .append(line.origin().file());
      if (line.origin().line() > 0) {
        text.append(':').append(line.origin().line());
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Returns where the value in a line comes from; empty if the text has no such line. */
  public Optional<Location> origin(int line) {
    return line < 1 || line > lines.size()
        ? Optional.empty()
        : Optional.of(lines.get(line - 1).origin());
  }

  /** Returns the values with their paths and places as a JSON document on several lines. */
  public String json() {
    List<Object> values = new ArrayList<>();
    collect(manifest.root(), values);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", manifest.file());
    document.put("manifest", data(manifest.root()));
    document.put("values", values);
    return Json.indented(document);
  }

  private void collect(ManifestValue value, List<Object> values) {
    if (value.isMap() && !value.entries().isEmpty()) {
      value.entries().values().forEach(each -> collect(each, values));
    } else if (value.isList() && !value.items().isEmpty()) {
      value.items().forEach(each -> collect(each, values));
    } else {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", value.path());
      entry.put("value", data(value));
      entry.put("file", value.location().file());
      entry.put("line", value.location().line());
      entry.put("column", value.location().column());
      values.add(entry);
    }
  }

  private Object data(ManifestValue value) {
    if (value.isMap()) {
      Map<String, Object> data = new LinkedHashMap<>();
      value.entries().forEach((key, each) -> data.put(key, data(each)));
      return data;
    }
    if (value.isList()) {
      return value.items().stream().map(this::data).toList();
    }
    return isHidden(value) ? Secret.MASK : Optional.ofNullable(value.data());
  }

  private boolean isHidden(ManifestValue scalar) {
    return scalar.exists() && !Secret.masked(scalar.text(), hidden).equals(scalar.text());
  }

  private List<Line> map(ManifestValue map) {
    List<Line> result = new ArrayList<>();
    map.entries()
        .forEach(
            (key, value) -> {
              String name = quoted(key);
              if (isBlock(value)) {
                result.add(new Line(name + ":", value.keyLocation()));
                block(value)
                    .forEach(line -> result.add(new Line("  " + line.text(), line.origin())));
              } else {
                result.add(new Line(name + ": " + flow(value), value.location()));
              }
            });
    return result;
  }

  private List<Line> list(ManifestValue list) {
    List<Line> result = new ArrayList<>();
    for (ManifestValue item : list.items()) {
      if (isBlock(item)) {
        String start = "- ";
        for (Line line : block(item)) {
          result.add(new Line(start + line.text(), line.origin()));
          start = "  ";
        }
      } else {
        result.add(new Line("- " + flow(item), item.location()));
      }
    }
    return result;
  }

  private static boolean isBlock(ManifestValue value) {
    return value.isMap() && !value.entries().isEmpty()
        || value.isList() && !value.items().isEmpty();
  }

  private List<Line> block(ManifestValue value) {
    return value.isMap() ? map(value) : list(value);
  }

  private String flow(ManifestValue value) {
    if (value.isMap()) {
      return "{}";
    }
    if (value.isList()) {
      return "[]";
    }
    if (!value.exists()) {
      return "null";
    }
    if (isHidden(value)) {
      return quoted(Secret.MASK);
    }
    if (value.data() instanceof String text) {
      return quoted(text);
    }
    return value.data() instanceof Boolean || NUMBER.matcher(value.text()).matches()
        ? value.text()
        : String.valueOf(value.data());
  }

  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          boolean printable =
              c >= ' ' && c < 0x7f || c > 0x9f && c < 0x2000 || c > 0x2100 && c < 0xfe00;
          if (printable) {
            quoted.append(c);
          } else {
            quoted.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
