/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.history.Finding;

/**
 * A submission and the result of examining its manifest.
 *
 * @param submission the submission
 * @param provider the provider that the manifest names; may be empty
 * @param plugins the plugins that it names
 * @param needs what an appliance must have: {@code provider:kvm}, {@code image_format:qcow2}
 * @param problems what is wrong with the manifest
 * @param plan the plan as JSON, if it could be made on this appliance
 * @param rejected whether the manifest has errors
 * @param retryOf the build that this one repeats
 */
public record NewBuild(
    Submission submission,
    String provider,
    List<String> plugins,
    Set<String> needs,
    List<Finding> problems,
    Optional<String> plan,
    boolean rejected,
    OptionalLong retryOf) {}
