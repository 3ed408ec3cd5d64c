/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.manifest.internal.Node.Entry;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Parses YAML 1.1 as data: tags create no objects, and the expansion of aliases is limited. */
final class YamlText {
  /** Aliases repeat the value of their anchor; this limits their expansion. */
  static final int MAX_VALUES = 100_000;

  /** As a path of a file. */
  private static final int MAX_KEY = 4096;

  /** The kernel accepts no longer argument of a command. */
  private static final int MAX_WORD = 128 << 10;

  private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
  private static final Pattern DECIMAL = Pattern.compile("\\d+");
  private static final String FORBIDDEN_TAG = "Global tag is not allowed: ";
  private static final Pattern TAB_INDENT = Pattern.compile(" *\\t\\s*\\S.*");

  private final Path file;
  private final String text;
  private final Consumer<Duplicate> duplicates;
  private int values;

  private YamlText(Path file, String text, Consumer<Duplicate> duplicates) {
    this.file = file;
    this.text = text;
    this.duplicates = duplicates;
  }

  /**
   * The document of a text; null if there is none.
   *
   * @param file the file that the text is from
   * @throws SyntaxException if it is not YAML
   */
  static @Nullable Node parse(Path file, String text, Consumer<Duplicate> duplicates) {
    return new YamlText(file, text, duplicates).parse();
  }

  private @Nullable Node parse() {
    checkWords();
    LoaderOptions options = new LoaderOptions();
    try {
      Composer composer =
          new Composer(
              new ParserImpl(new StreamReader(text), options), new YamlScalarResolver(), options);
      if (!composer.checkNode()) {
        return null;
      }
      Node document = convert(composer.getNode(), new ArrayList<>());
      if (composer.checkNode()) {
        throw new SyntaxException(
            mark(composer.getNode().getStartMark()),
            "A second document starts here",
            "Write one manifest in a file, without a second line of ---");
      }
      return document;
    } catch (MarkedYAMLException e) {
      throw explain(e);
    } catch (ReaderException e) {
      throw new SyntaxException(
          markAt(e.getPosition()),
          String.format("The character U+%04X is not allowed in YAML", e.getCodePoint()),
          "Remove it, or write it as an escape in double quotes");
    } catch (YAMLException e) {
      throw new SyntaxException(
          new Location(file, 1, 1),
          "The file is larger or more nested than any manifest",
          String.valueOf(e.getMessage()));
    }
  }

  /**
   * The time that the parser takes for a word grows with the square of its length. In JSON, which
   * may have no blanks at all, quotes end a word.
   */
  private void checkWords() {
    boolean json = text.stripLeading().startsWith("{");
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || json && c == '"') {
        start = i + 1;
      } else if (i - start >= MAX_WORD) {
        throw new SyntaxException(
            markAt(text.codePointCount(0, start)),
            "There are more than " + MAX_WORD + " characters without a blank",
            "Put long data into a file, and name that file");
      }
    }
  }

  private Node convert(
      org.yaml.snakeyaml.nodes.Node node, List<org.yaml.snakeyaml.nodes.Node> around) {
    Location mark = mark(node.getStartMark());
    if (around.contains(node)) {
      throw new SyntaxException(
          mark, "The value contains an alias of itself", "Remove the alias *… inside it");
    }
    if (++values > MAX_VALUES) {
      throw new SyntaxException(
          mark, "There are more than " + MAX_VALUES + " values", "Use fewer values or aliases");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(mark, scalar);
    }
    around.add(node);
    Node converted =
        node instanceof SequenceNode sequence
            ? sequence(mark, sequence, around)
            : mapping(mark, (MappingNode) node, around);
    around.remove(around.size() - 1);
    return converted;
  }

  private static Node.Scalar scalar(Location mark, ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      return new Node.Scalar(mark, text, text);
    }
    if (tag.equals(Tag.NULL)) {
      return new Node.Scalar(mark, text, null);
    }
    if (tag.equals(Tag.BOOL)) {
      return new Node.Scalar(
          mark, text, List.of("yes", "true", "on").contains(text.toLowerCase(Locale.ROOT)));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return new Node.Scalar(mark, text, number(text));
    }
    throw unsupportedTag(mark, tag);
  }

  /** A number of YAML 1.1; a number that is not a finite double remains a text. */
  private static Object number(String text) {
    String digits = text.replace("_", "");
    try {
      int sign = digits.startsWith("-") ? -1 : 1;
      String unsigned = digits.substring(digits.startsWith("-") || digits.startsWith("+") ? 1 : 0);
      if (unsigned.startsWith("0b")) {
        return sign * Long.parseLong(unsigned.substring(2), 2);
      }
      if (unsigned.startsWith("0x")) {
        return sign * Long.parseLong(unsigned.substring(2), 16);
      }
      if (OCTAL.matcher(unsigned).matches()) {
        return sign * Long.parseLong(unsigned, 8);
      }
      if (DECIMAL.matcher(unsigned).matches()) {
        return sign * Long.parseLong(unsigned);
      }
      return Double.valueOf(digits);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private Node.Sequence sequence(
      Location mark, SequenceNode node, List<org.yaml.snakeyaml.nodes.Node> around) {
    if (!node.getTag().equals(Tag.SEQ)) {
      throw unsupportedTag(mark, node.getTag());
    }
    List<Node> items = new ArrayList<>();
    for (org.yaml.snakeyaml.nodes.Node item : node.getValue()) {
      items.add(convert(item, around));
    }
    return new Node.Sequence(mark, items);
  }

  private Node.Mapping mapping(
      Location mark, MappingNode node, List<org.yaml.snakeyaml.nodes.Node> around) {
    if (!node.getTag().equals(Tag.MAP)) {
      throw unsupportedTag(mark, node.getTag());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Node.Mapping> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      Location keyMark = mark(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new SyntaxException(keyMark, "A list or map cannot be a key", "Write a text as key");
      }
      checkKey(key.getValue(), keyMark);
      Node value = convert(tuple.getValueNode(), around);
      if (key.getTag().equals(Tag.MERGE)) {
        merge(keyMark, value, merged);
        continue;
      }
      Entry earlier = entries.putIfAbsent(key.getValue(), new Entry(keyMark, value));
      if (earlier != null) {
        duplicates.accept(new Duplicate(key.getValue(), earlier.keyMark(), keyMark));
      }
    }
    for (Node.Mapping other : merged) {
      other.entries().forEach(entries::putIfAbsent);
    }
    return new Node.Mapping(mark, entries);
  }

  /** The keys are part of the path of each value below. */
  static void checkKey(String key, Location mark) {
    if (key.length() > MAX_KEY) {
      throw new SyntaxException(
          mark,
          "The key that starts with " + key.substring(0, 40) + " is too long",
          "A key has at most " + MAX_KEY + " characters");
    }
  }

  private static void merge(Location keyMark, Node value, List<Node.Mapping> merged) {
    List<Node> sources = value instanceof Node.Sequence list ? list.items() : List.of(value);
    for (Node source : sources) {
      if (!(source instanceof Node.Mapping map)) {
        throw new SyntaxException(
            keyMark, "The key << must hold a map or a list of maps", "Write <<: *anchor-of-a-map");
      }
      merged.add(map);
    }
  }

  private static SyntaxException unsupportedTag(Location mark, Tag tag) {
    if (!tag.getValue().startsWith(Tag.PREFIX)) {
      // Not quoted, as it may be a password that starts with !.
      return new SyntaxException(
          mark, "This tag is not supported", "Quote a string that starts with !");
    }
    return new SyntaxException(
        mark,
        "The tag " + tag.getValue().replace(Tag.PREFIX, "!!") + " is not supported",
        "Write texts, numbers, booleans, lists and maps without tags");
  }

  private Location mark(org.yaml.snakeyaml.error.Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The mark of the code point at an offset. */
  private Location markAt(int position) {
    String before = text.substring(0, text.offsetByCodePoints(0, position));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int lineStart = before.lastIndexOf('\n') + 1;
    return new Location(file, line, before.codePointCount(lineStart, before.length()) + 1);
  }

  /** Describes a parser error for users. */
  private SyntaxException explain(MarkedYAMLException e) {
    Location at = mark(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark());
    int tab = tabIndent(at.line());
    if (tab > 0) {
      return new SyntaxException(
          new Location(file, tab, line(tab).indexOf('\t') + 1),
          "A tab is used for indentation",
          "YAML allows only blanks there: replace the tab by blanks");
    }
    String problem = e.getProblem() == null ? "" : e.getProblem();
    String context = e.getContext() == null ? "" : e.getContext();
    Location begin = e.getContextMark() == null ? at : mark(e.getContextMark());
    String beginning = " that starts in line " + begin.line() + ", column " + begin.column();
    if (problem.startsWith(FORBIDDEN_TAG)) {
      return unsupportedTag(at, new Tag(problem.substring(FORBIDDEN_TAG.length())));
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return new SyntaxException(
          at,
          "A mapping is not allowed here",
          "Check the indentation; put a text with a colon and a blank in it in quotes");
    }
    if (problem.startsWith("could not find expected ':'")) {
      return new SyntaxException(
          begin, "This is not followed by a colon", "Write a map's entries as key: value");
    }
    if (problem.startsWith("expected <block end>")) {
      return new SyntaxException(
          at,
          "The line does not fit into the "
              + (context.contains("collection") ? "list" : "map")
              + beginning,
          "Indent the entries of a map and the dashes of a list to the same column");
    }
    if (problem.startsWith("expected ',' or")) {
      return new SyntaxException(
          at,
          "The " + (context.contains("sequence") ? "list" : "map") + beginning + " is not closed",
          "Separate its entries by commas and end it with "
              + (context.contains("sequence") ? "]" : "}"));
    }
    if (problem.startsWith("found unexpected end of stream")) {
      return new SyntaxException(begin, "Unterminated quoted string", "End it with the same quote");
    }
    if (problem.startsWith("found undefined alias")) {
      // Not quoted, as it may be a password that starts with *.
      return new SyntaxException(
          at, "There is no anchor before this alias", "Quote a string that starts with *");
    }
    if (problem.contains("cannot start any token")) {
      String character = line(at.line()).substring(Math.max(0, at.column() - 1));
      return new SyntaxException(
          at,
          "A value cannot start with " + character.substring(0, Math.min(1, character.length())),
          "Put it in quotes");
    }
    return new SyntaxException(
        at,
        "This is not YAML: " + (context.isEmpty() ? "" : context + ", ") + problem,
        "Check the indentation and the quotes around here");
  }

  /** The line with a tab in its indentation that causes an error in a line; 0 if there is none. */
  private int tabIndent(int line) {
    for (int candidate : new int[] {line, line - 1}) {
      if (candidate > 0 && TAB_INDENT.matcher(line(candidate)).matches()) {
        return candidate;
      }
    }
    return 0;
  }

  private String line(int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("");
  }
}
