/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Bytes;
import org.jspecify.annotations.Nullable;

/** A node of a document with its path. */
final class Value implements ManifestValue {
  private static final Node NONE = new Node.Scalar(Location.of(Path.of("")), "", null);

  private final @Nullable Value parent;
  private final String key;
  private final Node node;
  private final Location mark;
  private final Location keyMark;

  /**
   * @param parent null at the root
   * @param key its key or index in the parent
   */
  private Value(@Nullable Value parent, String key, Node node, Location mark, Location keyMark) {
    this.parent = parent;
    this.key = key;
    this.node = node;
    this.mark = mark;
    this.keyMark = keyMark;
  }

  static Value root(Node node) {
    return new Value(null, "", node, node.mark(), node.mark());
  }

  Node node() {
    return node;
  }

  @Override
  public boolean exists() {
    return !(node instanceof Node.Scalar scalar && scalar.value() == null);
  }

  /** Composed on demand, since most are never shown and keys may be long. */
  @Override
  public String path() {
    return parent == null || parent.parent == null ? key : parent.path() + "." + key;
  }

  @Override
  public Location location() {
    return mark;
  }

  @Override
  public Location keyLocation() {
    return keyMark;
  }

  @Override
  public Value get(String key) {
    Node.Entry entry = node instanceof Node.Mapping map ? map.entries().get(key) : null;
    return entry == null
        ? new Value(this, key, NONE, mark, keyMark)
        : child(key, entry.value(), entry.keyMark());
  }

  @Override
  public Map<String, ManifestValue> entries() {
    Map<String, ManifestValue> entries = new LinkedHashMap<>();
    if (node instanceof Node.Mapping map) {
      map.entries().forEach((key, e) -> entries.put(key, child(key, e.value(), e.keyMark())));
    } else {
      expectAbsent("a map");
    }
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public List<ManifestValue> items() {
    List<ManifestValue> items = new ArrayList<>();
    if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        items.add(child(String.valueOf(items.size()), item));
      }
    } else {
      expectAbsent("a list");
    }
    return Collections.unmodifiableList(items);
  }

  /** The value at the end of a path of keys and, in a list, indices. */
  Value descend(List<String> steps) {
    Value value = this;
    for (String step : steps) {
      value =
          value.node instanceof Node.Sequence list
              ? value.child(step, list.items().get(Integer.parseInt(step)))
              : value.get(step);
    }
    return value;
  }

  private Value child(String key, Node item) {
    return child(key, item, item.mark());
  }

  private Value child(String key, Node child, Location childKeyMark) {
    return new Value(this, key, child, child.mark(), childKeyMark);
  }

  @Override
  public boolean isScalar() {
    return exists() && node instanceof Node.Scalar;
  }

  @Override
  public boolean isMap() {
    return node instanceof Node.Mapping;
  }

  @Override
  public boolean isList() {
    return node instanceof Node.Sequence;
  }

  @Override
  public String text() {
    if (!isScalar()) {
      throw mismatch("text");
    }
    return ((Node.Scalar) node).text();
  }

  @Override
  public int integer() {
    if (data() instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    throw mismatch("a whole number");
  }

  @Override
  public boolean isTrue() {
    if (data() instanceof Boolean truth) {
      return truth;
    }
    throw mismatch("true or false");
  }

  @Override
  public Bytes size() {
    try {
      return Bytes.parse(text());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(location() + ": " + path() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object data() {
    return data(node);
  }

  private static @Nullable Object data(Node node) {
    if (node instanceof Node.Mapping map) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      map.entries().forEach((key, entry) -> data.put(key, data(entry.value())));
      return Collections.unmodifiableMap(data);
    }
    if (node instanceof Node.Sequence list) {
      return Collections.unmodifiableList(
          new ArrayList<>(list.items().stream().map(Value::data).toList()));
    }
    return ((Node.Scalar) node).value();
  }

  private void expectAbsent(String wanted) {
    if (exists()) {
      throw mismatch(wanted);
    }
  }

  /** The message does not contain the value, which may be a secret. */
  private IllegalStateException mismatch(String wanted) {
    return new IllegalStateException(
        location() + ": " + path() + (exists() ? " is not " : " is absent, not ") + wanted);
  }
}
