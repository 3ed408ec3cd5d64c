/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.List;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/**
 * A defect in the order that tasks declare.
 *
 * @param kind the kind of the defect
 * @param severity an error if the task set cannot be sorted as declared, a warning if the
 *     declaration is wrong but does not affect this task set
 * @param tasks the tasks concerned, each with its phase and bundle; of a cycle all of them in order
 * @param message the defect, as a sentence without a full stop
 * @param remedy how to correct it, as a sentence without a full stop
 */
public record Finding(
    Kind kind, Problem.Severity severity, List<TaskInfo> tasks, String message, String remedy) {
  /** The kinds of defects. */
  public enum Kind {
    /** A relation requires an order that the phases of its tasks forbid. */
    CONTRADICTION,
    /** A relation requires an order that the phases of its tasks already imply. */
    REDUNDANT,
    /** A task is declared before or after itself. */
    SELF_LOOP,
    /** Tasks of one phase depend on each other. */
    CYCLE,
    /** A relation names a task that is not registered. */
    UNKNOWN_TASK,
    /** A task requires a value that no task of the task set provides. */
    NOT_PROVIDED,
    /** A task requires a value that several tasks of the task set provide. */
    PROVIDED_TWICE
  }

  /** A finding with an immutable copy of its tasks. */
  public Finding {
    tasks = List.copyOf(tasks);
  }
}
