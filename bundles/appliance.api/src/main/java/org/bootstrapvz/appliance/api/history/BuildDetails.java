/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildSummary;

/**
 * A build with everything about it.
 *
 * @param summary what the list shows
 * @param problems the problems of the manifest; may be warnings only
 * @param tasks the task list, with the state of each task
 * @param plan the plan as a JSON object: {@code provider}, {@code plugins}, {@code tasks} with
 *     {@code id}, {@code name}, {@code phase}, {@code description}, {@code bundle}, {@code version}
 *     and {@code requestedBy}, {@code relations} with {@code before}, {@code after} and {@code
 *     reason}, {@code hostCommands}; empty if there is none yet
 * @param artefacts what it delivered
 * @param bundles the bundle versions that its tasks came from
 * @param phases how long each phase took
 * @param notReleased resources that could not be released, with the reason
 * @param actions what people did to it, in order; of very many, the latest
 */
public record BuildDetails(
    BuildSummary summary,
    List<Finding> problems,
    List<TaskRun> tasks,
    Optional<String> plan,
    List<Artefact> artefacts,
    List<UsedBundle> bundles,
    Map<Phase, Duration> phases,
    List<String> notReleased,
    List<BuildAction> actions) {}
