/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The text of a manifest, changed in places and nowhere else: the positions of YAML's nodes say
 * where. Each change comes with a comment, which is put on a line of its own above it.
 */
final class ManifestText {
  private final String text;
  private final boolean json;
  private final String newline;
  private final Node root;
  private final List<Edit> edits = new ArrayList<>();
  private final Map<Integer, Set<String>> comments = new LinkedHashMap<>();
  private final Map<CollectionNode<?>, Set<Integer>> removed = new LinkedHashMap<>();

  /** A piece of the text to be replaced; offsets are those of Java's strings. */
  private record Edit(int start, int end, String replacement) {}

  /**
   * A key of a map and its value.
   *
   * @param map the map it stands in
   * @param index which of its entries it is
   */
  record Entry(MappingNode map, int index) {
    private NodeTuple tuple() {
      return map.getValue().get(index);
    }

    Node key() {
      return tuple().getKeyNode();
    }

    Node value() {
      return tuple().getValueNode();
    }

    String name() {
      return ((ScalarNode) key()).getValue();
    }
  }

  /** A text that was read without an error before. */
  ManifestText(String text, boolean json) {
    this.text = text;
    this.json = json;
    this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    LoaderOptions options = new LoaderOptions();
    StreamReader reader = new StreamReader(json ? withoutComments(text) : text);
    root = new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
  }

  /** JSON is YAML but for its comments and tabs; both become blanks, which keeps positions. */
  private static String withoutComments(String json) {
    StringBuilder result = new StringBuilder(json.replace('\t', ' '));
    boolean quoted = false;
    for (int i = 0; i < result.length(); i++) {
      char c = result.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (json.startsWith("//", i) || json.startsWith("/*", i))) {
        boolean line = json.startsWith("//", i);
        int end = json.indexOf(line ? "\n" : "*/", i + 2);
        end = end < 0 ? json.length() : line ? end : end + 2;
        for (; i < end; i++) {
          if (!Character.isSurrogate(result.charAt(i)) && result.charAt(i) != '\n') {
            result.setCharAt(i, ' ');
          }
        }
        i--;
      }
    }
    return result.toString();
  }

  // --- finding ---

  /** The entry at a path of keys. */
  Optional<Entry> entry(String... path) {
    Node node = root;
    Optional<Entry> found = Optional.empty();
    for (String key : path) {
      found = entries(node).stream().filter(entry -> entry.name().equals(key)).findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      node = found.get().value();
    }
    return found;
  }

  /** The entries of a map; none if the node is another. */
  static List<Entry> entries(Node node) {
    List<Entry> entries = new ArrayList<>();
    if (node instanceof MappingNode map) {
      for (int i = 0; i < map.getValue().size(); i++) {
        if (map.getValue().get(i).getKeyNode() instanceof ScalarNode) {
          entries.add(new Entry(map, i));
        }
      }
    }
    return entries;
  }

  /** The whole document. */
  Node root() {
    return root;
  }

  /** The text of a scalar; empty if the node is another. */
  static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  /** The line a node begins in, from 1. */
  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** The column a node begins in, from 1. */
  static int column(Node node) {
    return node.getStartMark().getColumn() + 1;
  }

  // --- changing ---

  /** Replaces a scalar by another one, in the same quotes. */
  void replace(Node node, String value, String comment) {
    rewrite(node, raw -> quoted(((ScalarNode) node).getScalarStyle(), value), comment);
  }

  /** Changes a node's text as it is written, quotes and line breaks included. */
  void rewrite(Node node, UnaryOperator<String> change, String comment) {
    int start = offset(node.getStartMark());
    int end = offset(node.getEndMark());
    edits.add(new Edit(start, end, change.apply(text.substring(start, end))));
    comment(node, comment);
  }

  private static String quoted(ScalarStyle style, String value) {
    return switch (style) {
      case DOUBLE_QUOTED -> '"' + value + '"';
      case SINGLE_QUOTED -> "'" + value + "'";
      default -> value;
    };
  }

  /** Adds a key behind an entry whose value is a scalar. */
  void addKey(Entry behind, String key, String value, String comment) {
    add(
        behind.key(),
        behind.value(),
        behind.map().getFlowStyle() == FlowStyle.FLOW,
        json ? '"' + key + "\": \"" + value + '"' : key + ": " + value,
        comment);
  }

  /** Adds an item behind another one, both scalars. */
  void addItem(SequenceNode list, int behind, String value, String comment) {
    Node item = list.getValue().get(behind);
    boolean flow = list.getFlowStyle() == FlowStyle.FLOW;
    String shown = json ? '"' + value + '"' : value;
    add(item, item, flow, flow ? shown : "- " + shown, comment);
  }

  private void add(Node from, Node to, boolean flow, String addition, String comment) {
    int end = offset(to.getEndMark());
    if (flow) {
      edits.add(new Edit(end, end, ", " + addition));
      comment(to, comment);
      return;
    }
    int lineEnd = endOfLine(end);
    String indent = indentation(from);
    edits.add(
        new Edit(
            lineEnd, lineEnd, newline + indent + marker(comment) + newline + indent + addition));
  }

  /** Takes an entry out: in block style it becomes a comment. */
  void remove(Entry entry, String comment) {
    remove(entry.map(), entry.index(), entry.key(), entry.value(), comment);
  }

  /** Takes an item out; the list must keep another one. */
  void remove(SequenceNode list, int index, String comment) {
    Node item = list.getValue().get(index);
    remove(list, index, item, item, comment);
  }

  private void remove(CollectionNode<?> from, int index, Node first, Node last, String comment) {
    comment(first, comment);
    if (from.getFlowStyle() == FlowStyle.FLOW) {
      removed.computeIfAbsent(from, key -> new LinkedHashSet<>()).add(index);
      return;
    }
    int indent = indentation(first).length();
    int end = lastLine(last);
    for (int line = first.getStartMark().getLine(); line <= end; line++) {
      int start = startOfLine(line);
      if (!text.substring(start, endOfLine(start)).isBlank()) {
        int at = start + Math.min(indent, indentationAt(start));
        edits.add(new Edit(at, at, "# "));
      }
    }
  }

  /** Of what is removed from a list or map in brackets, each piece goes with one of its commas. */
  private void removeFromFlow(CollectionNode<?> from, Set<Integer> indices) {
    boolean kept = false;
    for (int i = 0; i < from.getValue().size(); i++) {
      if (!indices.contains(i)) {
        kept = true;
      } else if (kept) {
        edits.add(new Edit(end(from, i - 1), end(from, i), ""));
      } else {
        edits.add(
            new Edit(
                start(from, i),
                i + 1 < from.getValue().size() ? start(from, i + 1) : end(from, i),
                ""));
      }
    }
  }

  private int start(CollectionNode<?> collection, int index) {
    Object item = collection.getValue().get(index);
    Node node = item instanceof NodeTuple tuple ? tuple.getKeyNode() : (Node) item;
    return offset(node.getStartMark());
  }

  private int end(CollectionNode<?> collection, int index) {
    Object item = collection.getValue().get(index);
    Node node = item instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) item;
    return offset(node.getEndMark());
  }

  private void comment(Node at, String comment) {
    comments
        .computeIfAbsent(at.getStartMark().getLine(), line -> new LinkedHashSet<>())
        .add(comment);
  }

  private String marker(String comment) {
    return (json ? "// " : "# ") + "migrated: " + comment;
  }

  // --- the result ---

  /** The text with all changes, below a line that tells where it comes from. */
  String changed(String heading) {
    removed.forEach(this::removeFromFlow);
    List<Edit> all = new ArrayList<>();
    comments.forEach(
        (line, texts) -> {
          int start = startOfLine(line);
          String indent = text.substring(start, start + indentationAt(start));
          StringBuilder block = new StringBuilder();
          texts.forEach(each -> block.append(indent).append(marker(each)).append(newline));
          all.add(new Edit(start, start, block.toString()));
        });
    all.addAll(edits);
    all.sort(Comparator.comparingInt(Edit::start));
    StringBuilder result = new StringBuilder((json ? "// " : "# ") + heading + newline);
    int position = 0;
    for (Edit edit : all) {
      result.append(text, position, edit.start()).append(edit.replacement());
      position = edit.end();
    }
    return result.append(text.substring(position)).toString();
  }

  // --- places ---

  /** SnakeYAML counts code points. */
  private int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  private int startOfLine(int line) {
    int start = 0;
    for (int i = 0; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start;
  }

  private int endOfLine(int offset) {
    int end = text.indexOf('\n', offset);
    end = end < 0 ? text.length() : end;
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private String indentation(Node node) {
    int start = startOfLine(node.getStartMark().getLine());
    return text.substring(start, start + indentationAt(start));
  }

  private int indentationAt(int start) {
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return end - start;
  }

  /** The line in which a node really ends: YAML lets a block reach to what follows it. */
  private static int lastLine(Node node) {
    if (node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() == FlowStyle.BLOCK
        && !collection.getValue().isEmpty()) {
      Object last = collection.getValue().get(collection.getValue().size() - 1);
      return lastLine(last instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) last);
    }
    Mark end = node.getEndMark();
    return end.getColumn() == 0 && end.getLine() > node.getStartMark().getLine()
        ? end.getLine() - 1
        : end.getLine();
  }
}
