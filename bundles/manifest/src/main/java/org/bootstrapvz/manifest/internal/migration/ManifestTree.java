/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** The nodes of a manifest with their positions in the text. */
final class ManifestTree {
  private final Node root;

  /**
   * A key of a map and its value.
   *
   * @param map the map that contains it
   * @param index its index among the entries
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

  /** The tree of a text that was parsed before without an error. */
  ManifestTree(String text, boolean json) {
    LoaderOptions options = new LoaderOptions();
    StreamReader reader = new StreamReader(json ? withoutComments(text) : text);
    root = new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
  }

  /**
   * JSON is YAML except for its comments and tabs; both are replaced by spaces, which keeps
   * positions.
   */
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

  /** The entries of a map; empty if the node is not a map. */
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

  /** The text of a scalar; empty if the node is not a scalar. */
  static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  /** The line in which a node starts, from 1. */
  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** The column in which a node starts, from 1. */
  static int column(Node node) {
    return node.getStartMark().getColumn() + 1;
  }
}
