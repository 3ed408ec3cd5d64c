/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.task.Phase;

/** A plan as text: phases as headings, tasks numbered. */
public final class TextPlan {
  private TextPlan() {}

  /** The plan as text. */
  public static String of(Plan plan) {
    int width = 0;
    for (PlannedTask task : plan.tasks()) {
      width = Math.max(width, task.name().length());
    }
    int digits = String.valueOf(plan.tasks().size()).length();
    StringBuilder text = new StringBuilder();
    Phase phase = null;
    int number = 0;
    for (PlannedTask task : plan.tasks()) {
      if (task.phase() != phase) {
        text.append(phase == null ? "" : "\n").append(task.phase().title()).append('\n');
        phase = task.phase();
      }
      String count = String.valueOf(++number);
      text.append(" ".repeat(2 + digits - count.length()))
          .append(count)
          .append("  ")
          .append(task.name())
          .append(" ".repeat(width - task.name().length() + 2))
          .append(task.description())
          .append('\n');
    }
    return text.toString();
  }
}
