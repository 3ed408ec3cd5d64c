/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds the parts of a schema that may describe a secret. A value of the wrong shape there may be
 * the secret itself, such as a password where a map with a password belongs.
 */
final class SecretParts {
  /** Marks a map whose keys other schemas describe, some as secrets. */
  static final String BELOW = "secretsBelow";

  private final JsonNode schema;

  SecretParts(JsonNode schema) {
    this.schema = schema;
  }

  /** Whether a part marks a secret at any depth, or has secrets of another schema below it. */
  boolean mayDescribeSecret(JsonNode part) {
    return search(part, new HashSet<>());
  }

  private boolean search(JsonNode part, Set<String> followed) {
    if (part.path("writeOnly").asBoolean(false) || part.path(BELOW).asBoolean(false)) {
      return true;
    }
    String reference = part.path("$ref").asString("");
    if (!reference.isEmpty()
        && followed.add(reference)
        && search(SchemaPath.target(schema, part), followed)) {
      return true;
    }
    for (Map.Entry<String, JsonNode> entry : part.properties()) {
      if (!entry.getKey().equals("$defs") && search(entry.getValue(), followed)) {
        return true;
      }
    }
    if (part.isArray()) {
      for (JsonNode each : part) {
        if (search(each, followed)) {
          return true;
        }
      }
    }
    return false;
  }
}
