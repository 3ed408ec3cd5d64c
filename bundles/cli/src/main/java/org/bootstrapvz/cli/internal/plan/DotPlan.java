/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;

/** A plan for Graphviz: phases as clusters, relations as edges. */
public final class DotPlan {
  private DotPlan() {}

  /** The plan in the language of Graphviz. */
  public static String of(Plan plan) {
    StringBuilder dot =
        new StringBuilder("digraph plan {\n")
            .append("  rankdir=LR; compound=true; newrank=true; fontname=\"sans-serif\";\n")
            .append("  node [shape=box, style=\"rounded,filled\", fillcolor=white,")
            .append(" fontname=\"sans-serif\"];\n  label=");
    string(dot, plan.file() + " (" + plan.provider() + ")").append(";\n");
    Phase phase = null;
    for (PlannedTask task : plan.tasks()) {
      if (task.phase() != phase) {
        dot.append(phase == null ? "" : "  }\n")
            .append("  subgraph cluster_")
            .append(task.phase().ordinal())
            .append(" {\n    label=");
        string(dot, task.phase().title()).append("; style=filled; color=\"#eef1f5\";\n");
        phase = task.phase();
      }
      string(dot.append("    "), task.id()).append(" [label=");
      string(dot, task.name() + "\n" + task.description()).append("];\n");
    }
    dot.append(phase == null ? "" : "  }\n");
    for (Relation relation : plan.relations()) {
      string(dot.append("  "), relation.before()).append(" -> ");
      string(dot, relation.after()).append(" [tooltip=");
      string(dot, relation.reason()).append("];\n");
    }
    return dot.append("}\n").toString();
  }

  private static StringBuilder string(StringBuilder dot, String value) {
    return dot.append('"')
        .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
        .append('"');
  }
}
