/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import tools.jackson.databind.JsonNode;

/** Reads texts from JSON. */
final class JsonText {
  private JsonText() {}

  /** A member as text; empty if it is missing. */
  static String text(JsonNode json, String member) {
    JsonNode value = json.path(member);
    return value.isMissingNode() || value.isNull() ? "" : value.asString();
  }
}
