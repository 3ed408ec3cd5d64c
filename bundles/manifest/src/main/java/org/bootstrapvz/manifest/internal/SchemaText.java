/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes a schema as text. Separate from reading, because the mapper takes long to load. */
final class SchemaText {
  private SchemaText() {}

  static String of(JsonNode schema) {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(schema);
  }
}
