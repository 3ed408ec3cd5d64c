/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a manifest, changed only in certain places, which are the positions of YAML nodes.
 * Each change comes with a comment on a separate line above it.
 */
final class ManifestText {
  private final String text;
  private final boolean json;
  private final String newline;
  private final ManifestTree tree;
  private final TextPositions positions;
  private final List<Edit> edits = new ArrayList<>();
  private final Map<Integer, Set<String>> comments = new LinkedHashMap<>();
  private final Map<CollectionNode<?>, Set<Integer>> removed = new LinkedHashMap<>();

  /** A piece of the text to be replaced; offsets are those of Java's strings. */
  private record Edit(int start, int end, String replacement) {}

  /** A text that was parsed before without an error. */
  ManifestText(String text, boolean json) {
    this.text = text;
    this.json = json;
    this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    this.tree = new ManifestTree(text, json);
    this.positions = new TextPositions(text);
  }

  /** The nodes of the original text. */
  ManifestTree tree() {
    return tree;
  }

  // --- change ---

  /** Replaces a scalar by another one with the same quotes. */
  void replace(Node node, String value, String comment) {
    rewrite(node, raw -> quoted(((ScalarNode) node).getScalarStyle(), value), comment);
  }

  /** Replaces the literal of a node, including quotes and line breaks. */
  void rewrite(Node node, UnaryOperator<String> change, String comment) {
    int start = positions.offset(node.getStartMark());
    int end = positions.offset(node.getEndMark());
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

  /** Adds a key with a text before the first entry of a map. */
  void addFirst(MappingNode map, String key, String value, String comment) {
    Node first = map.getValue().get(0).getKeyNode();
    int start = positions.offset(first.getStartMark());
    String entry =
        json ? '"' + key + "\": " + doubleQuoted(value) : key + ": " + doubleQuoted(value);
    boolean flow = map.getFlowStyle() == FlowStyle.FLOW;
    edits.add(
        new Edit(start, start, entry + (flow ? ", " : newline + positions.indentation(first))));
    comment(first, comment);
  }

  private static String doubleQuoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Adds a key after an entry whose value is a scalar. */
  void addKey(ManifestTree.Entry behind, String key, String value, String comment) {
    add(
        behind.key(),
        behind.value(),
        behind.map().getFlowStyle() == FlowStyle.FLOW,
        json ? '"' + key + "\": \"" + value + '"' : key + ": " + value,
        comment);
  }

  /** Adds an item after another one; both are scalars. */
  void addItem(SequenceNode list, int behind, String value, String comment) {
    Node item = list.getValue().get(behind);
    boolean flow = list.getFlowStyle() == FlowStyle.FLOW;
    String shown = json ? '"' + value + '"' : value;
    add(item, item, flow, flow ? shown : "- " + shown, comment);
  }

  private void add(Node from, Node to, boolean flow, String addition, String comment) {
    int end = positions.offset(to.getEndMark());
    if (flow) {
      edits.add(new Edit(end, end, ", " + addition));
      comment(to, comment);
      return;
    }
    int lineEnd = positions.endOfLine(end);
    String indent = positions.indentation(from);
    edits.add(
        new Edit(
            lineEnd, lineEnd, newline + indent + marker(comment) + newline + indent + addition));
  }

  /** Removes an entry: in block style it becomes a comment. */
  void remove(ManifestTree.Entry entry, String comment) {
    remove(entry.map(), entry.index(), entry.key(), entry.value(), comment);
  }

  /** Removes an item; the list must keep another one. */
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
    int indent = positions.indentation(first).length();
    int end = TextPositions.lastLine(last);
    for (int line = first.getStartMark().getLine(); line <= end; line++) {
      int start = positions.startOfLine(line);
      if (!text.substring(start, positions.endOfLine(start)).isBlank()) {
        int at = start + Math.min(indent, positions.indentationAt(start));
        edits.add(new Edit(at, at, "# "));
      }
    }
  }

  /** Each removed part of a list or map in brackets is removed with one of its commas. */
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
    return positions.offset(node.getStartMark());
  }

  private int end(CollectionNode<?> collection, int index) {
    Object item = collection.getValue().get(index);
    Node node = item instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) item;
    return positions.offset(node.getEndMark());
  }

  private void comment(Node at, String comment) {
    comments
        .computeIfAbsent(at.getStartMark().getLine(), line -> new LinkedHashSet<>())
        .add(comment);
  }

  private String marker(String comment) {
    return (json ? "// " : "# ") + "migrated: " + comment;
  }

  // --- result ---

  /** The text with all changes, below a line that names its origin. */
  String changed(String heading) {
    removed.forEach(this::removeFromFlow);
    List<Edit> all = new ArrayList<>();
    comments.forEach(
        (line, texts) -> {
          int start = positions.startOfLine(line);
          String indent = text.substring(start, start + positions.indentationAt(start));
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
}
