/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** The start and end of nodes and lines in a text; offsets are those of Java's strings. */
final class TextPositions {
  private final String text;

  TextPositions(String text) {
    this.text = text;
  }

  /** The offset of a mark; SnakeYAML counts code points. */
  int offset(Mark mark) {
    return text.offsetByCodePoints(0, mark.getIndex());
  }

  /** The offset at which a line, counted from 0, starts. */
  int startOfLine(int line) {
    int start = 0;
    for (int i = 0; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start;
  }

  /** The offset of the line break that follows an offset. */
  int endOfLine(int offset) {
    int end = text.indexOf('\n', offset);
    end = end < 0 ? text.length() : end;
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** The indentation of the line in which a node starts. */
  String indentation(Node node) {
    int start = startOfLine(node.getStartMark().getLine());
    return text.substring(start, start + indentationAt(start));
  }

  /** The length of the indentation of the line that starts at an offset. */
  int indentationAt(int start) {
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return end - start;
  }

  /**
   * The line in which the content of a node ends: in YAML, a block extends to the token after it.
   */
  static int lastLine(Node node) {
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
