/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Creates the nodes for the schema library.
 *
 * <p>The library prints some nodes when it compiles a schema, but only for its own messages. The
 * first print initialises Jackson's object mapping, which takes longer than reading a manifest.
 * These nodes print an empty text.
 */
final class JsonNodes {
  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private JsonNodes() {}

  static JsonNode of(Node node) {
    if (node instanceof Node.Mapping map) {
      ObjectNode object = new QuietObject();
      map.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
      return object;
    }
    if (node instanceof Node.Sequence list) {
      ArrayNode array = new QuietArray();
      list.items().forEach(item -> array.add(of(item)));
      return array;
    }
    Object value = ((Node.Scalar) node).value();
    if (value instanceof Boolean truth) {
      return FACTORY.booleanNode(truth);
    }
    if (value instanceof Long number) {
      return FACTORY.numberNode(number);
    }
    if (value instanceof Double number) {
      return FACTORY.numberNode(number);
    }
    return value == null ? FACTORY.nullNode() : new QuietString((String) value);
  }

  static ObjectNode emptyMap() {
    return new QuietObject();
  }

  /** A list of texts. */
  static ArrayNode list(Collection<String> texts) {
    ArrayNode array = new QuietArray();
    texts.forEach(text -> array.add(text(text)));
    return array;
  }

  static JsonNode text(String text) {
    return new QuietString(text);
  }

  static ArrayNode emptyList() {
    return new QuietArray();
  }

  static JsonNode truth(boolean value) {
    return FACTORY.booleanNode(value);
  }

  private static final class QuietObject extends ObjectNode {
    QuietObject() {
      super(FACTORY);
    }

    @Override
    public String toString() {
      return "";
    }
  }

  private static final class QuietArray extends ArrayNode {
    QuietArray() {
      super(FACTORY);
    }

    @Override
    public String toString() {
      return "";
    }
  }

  private static final class QuietString extends StringNode {
    QuietString(String text) {
      super(text);
    }

    @Override
    public String toString() {
      return "";
    }
  }
}
