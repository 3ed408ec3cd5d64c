/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.List;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.engine.internal.registry.TaskInfo;

/**
 * A sorted task set.
 *
 * @param tasks the chosen tasks in order; empty if there is an error among the findings
 * @param relations the orders between chosen tasks of the same phase, without those that follow
 *     from others
 * @param findings the errors and warnings
 */
public record TaskList(List<TaskInfo> tasks, List<Relation> relations, List<Finding> findings) {}
