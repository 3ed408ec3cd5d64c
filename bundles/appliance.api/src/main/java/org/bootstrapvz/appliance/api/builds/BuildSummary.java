/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.builds;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A build in a list.
 *
 * @param id number of the build, in order of submission
 * @param name name for people
 * @param submitter who submitted it
 * @param priority higher runs first
 * @param state its state
 * @param provider the provider that the manifest names; empty if the manifest cannot be read
 * @param plugins the plugins that the manifest names
 * @param submitted when it was submitted
 * @param started when it started; empty if it has not
 * @param finished when it ended; empty if it has not
 * @param appliance the appliance that runs or ran it; empty before
 * @param attempt counted from 1; greater if it was queued again after an interruption
 * @param retryOf the build that this one repeats
 * @param progress from 0 to 1
 * @param task name of the running task; empty if none is running
 * @param error why it failed or stopped, or what a queued build waits for; empty if nothing
 * @param artefactBytes disk space used by all its artefacts
 */
public record BuildSummary(
    long id,
    String name,
    String submitter,
    int priority,
    BuildState state,
    String provider,
    List<String> plugins,
    Instant submitted,
    Optional<Instant> started,
    Optional<Instant> finished,
    String appliance,
    int attempt,
    OptionalLong retryOf,
    double progress,
    String task,
    String error,
    long artefactBytes) {}
