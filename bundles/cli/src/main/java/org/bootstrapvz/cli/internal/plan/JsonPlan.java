/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.util.List;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;

/** A plan as JSON, for programs. */
public final class JsonPlan {
  private JsonPlan() {}

  /** The plan as JSON. */
  public static String of(Plan plan) {
    StringBuilder json = new StringBuilder("{\n  \"manifest\": ");
    string(json, plan.file().toString());
    json.append(",\n  \"provider\": ");
    string(json, plan.provider());
    json.append(",\n  \"tasks\": [");
    String separator = "\n";
    for (PlannedTask task : plan.tasks()) {
      json.append(separator).append("    {");
      member(json, "id", task.id()).append(", ");
      member(json, "name", task.name()).append(", ");
      member(json, "phase", task.phase().title()).append(", ");
      member(json, "description", task.description()).append(", ");
      member(json, "bundle", task.bundle()).append(", ");
      member(json, "version", task.version()).append(", \"requestedBy\": [");
      strings(json, task.requestedBy());
      json.append("]}");
      separator = ",\n";
    }
    return json.append("\n  ]\n}\n").toString();
  }

  private static StringBuilder member(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\": ");
    return string(json, value);
  }

  private static void strings(StringBuilder json, List<String> values) {
    String separator = "";
    for (String value : values) {
      string(json.append(separator), value);
      separator = ", ";
    }
  }

  static StringBuilder string(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        // Control characters must be escaped; a lone surrogate could not be written as UTF-8.
        String hex = Integer.toHexString(c);
        json.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }
}
