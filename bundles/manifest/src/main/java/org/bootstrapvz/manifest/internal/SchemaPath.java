/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The path by which the validator reached a keyword of a schema: {@code properties, system, $ref,
 * anyOf, 1, type}.
 */
record SchemaPath(List<String> steps) {

  /** The keyword itself. */
  String keyword() {
    return steps.get(steps.size() - 1);
  }

  /**
   * The index of the first {@code anyOf} or {@code oneOf} at or after an index; -1 if there is
   * none.
   */
  int firstChoice(int from) {
    for (int i = from; i < steps.size(); i += stride(steps.get(i))) {
      if (steps.get(i).equals("anyOf") || steps.get(i).equals("oneOf")) {
        return i;
      }
    }
    return -1;
  }

  /** The depth in the value of the schema after the first steps. */
  int depth(int end) {
    int depth = 0;
    for (int i = 0; i < end; i += stride(steps.get(i))) {
      switch (steps.get(i)) {
        case "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "items",
            "prefixItems",
            "unevaluatedItems",
            "contains" ->
            depth++;
        default -> {}
      }
    }
    return depth;
  }

  /** The number of steps of a keyword: itself and, for some, a name or an index. */
  private static int stride(String keyword) {
    return switch (keyword) {
      case "properties",
          "patternProperties",
          "dependentSchemas",
          "prefixItems",
          "allOf",
          "anyOf",
          "oneOf" ->
          2;
      default -> 1;
    };
  }

  /** The part of a schema after the first steps; references into the schema are followed. */
  JsonNode resolve(JsonNode schema, int end) {
    JsonNode node = schema;
    for (String step : steps.subList(0, end)) {
      node = step.equals("$ref") ? target(schema, node) : step(node, step);
    }
    return node;
  }

  /** The target of a schema's reference; the schema itself if it has none. */
  static JsonNode target(JsonNode schema, JsonNode node) {
    String reference = node.path("$ref").asString("");
    if (!reference.startsWith("#")) {
      return reference.isEmpty() ? node : MissingNode.getInstance();
    }
    JsonNode target = schema;
    for (String name : reference.substring(1).split("/")) {
      target = name.isEmpty() ? target : step(target, name.replace("~1", "/").replace("~0", "~"));
    }
    return target;
  }

  private static JsonNode step(JsonNode node, String step) {
    return node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
  }
}
