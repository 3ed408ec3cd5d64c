/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.manifest.internal.Node.Entry;

/**
 * Merges layers into one document. Maps are merged key by key; any other value replaces that of the
 * layer below. {@code +key} appends to the list of that layer, and null removes the key. Every
 * value keeps its place.
 */
final class LayerMerge {
  private static final String APPEND = "+";

  private final Problems problems;

  LayerMerge(Problems problems) {
    this.problems = problems;
  }

  /** Returns the merged content of layers, the last of which has precedence over all others. */
  Node.Mapping merge(List<Node.Mapping> layers) {
    Node.Mapping merged = new Node.Mapping(layers.get(0).mark(), Map.of());
    for (Node.Mapping layer : layers) {
      merged = merge(merged, layer, "");
    }
    return merged;
  }

  private Node.Mapping merge(Node.Mapping below, Node.Mapping above, String path) {
    Map<String, Entry> entries = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(APPEND) && key.length() > APPEND.length()) {
                append(entries, above, key, entry, path);
              } else {
                put(entries, key, entry, path);
              }
            });
    return new Node.Mapping(above.mark(), entries);
  }

  private void put(Map<String, Entry> entries, String key, Entry entry, String path) {
    Entry earlier = entries.get(key);
    if (entry.value() instanceof Node.Mapping above) {
      Node.Mapping below =
          earlier != null && earlier.value() instanceof Node.Mapping map
              ? map
              : new Node.Mapping(above.mark(), Map.of());
      entries.put(key, new Entry(entry.keyMark(), merge(below, above, child(path, key))));
    } else if (earlier != null
        && entry.value() instanceof Node.Scalar scalar
        && scalar.value() == null) {
      entries.remove(key);
    } else {
      entries.put(key, entry);
    }
  }

  private void append(
      Map<String, Entry> entries, Node.Mapping above, String key, Entry entry, String path) {
    String name = key.substring(APPEND.length());
    if (above.entries().containsKey(name)) {
      error(
          entry.keyMark(),
          child(path, key),
          "The map has both `" + name + "` and `" + key + "`",
          "Write all entries into `" + name + "`");
    } else if (!(entry.value() instanceof Node.Sequence more)) {
      error(
          entry.value().mark(),
          child(path, key),
          "`" + key + "` appends to a list, but this is not a list",
          "Write a list, or `" + name + "` to replace the value");
    } else {
      Entry earlier = entries.get(name);
      if (earlier == null) {
        entries.put(name, entry);
      } else if (earlier.value() instanceof Node.Sequence list) {
        List<Node> items = new ArrayList<>(list.items());
        items.addAll(more.items());
        entries.put(name, new Entry(entry.keyMark(), new Node.Sequence(more.mark(), items)));
      } else {
        error(
            entry.keyMark(),
            child(path, key),
            "`"
                + key
                + "` appends to a list, but `"
                + name
                + "` is not a list in "
                + earlier.value().mark(),
            "Write `" + name + "` to replace the value");
      }
    }
  }

  private void error(Location place, String path, String message, String remedy) {
    problems.add(new Problem(Severity.ERROR, place, path, message, remedy));
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
