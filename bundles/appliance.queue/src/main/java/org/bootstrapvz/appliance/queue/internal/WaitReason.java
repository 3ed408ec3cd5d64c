/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.queue.internal.store.ApplianceStore;
import org.bootstrapvz.appliance.queue.internal.store.Stores;

/** Adds to a queued build that no appliance can run what the appliances lack. */
final class WaitReason {
  private final Stores stores;
  private final Examiner examiner;

  WaitReason(Stores stores, Examiner examiner) {
    this.stores = stores;
    this.examiner = examiner;
  }

  BuildDetails addTo(BuildDetails details) {
    BuildSummary summary = details.summary();
    if (summary.state() != BuildState.QUEUED) {
      return details;
    }
    Set<String> needs = stores.queue().needs(summary.id());
    List<Set<String>> offers = stores.appliances().offers(ApplianceStore.ALIVE_TIMEOUT);
    if (offers.stream().anyMatch(offer -> offer.containsAll(needs))) {
      return details;
    }
    Set<String> missing = new TreeSet<>(needs);
    missing.removeAll(examiner.offers());
    String reason =
        "Waiting for an appliance with "
            + Requirement.words(needs)
            + "; this one lacks "
            + Requirement.words(missing);
    return new BuildDetails(
        withError(summary, reason),
        details.problems(),
        details.tasks(),
        details.plan(),
        details.artefacts(),
        details.bundles(),
        details.phases(),
        details.notReleased(),
        details.actions());
  }

  private static BuildSummary withError(BuildSummary summary, String error) {
    return new BuildSummary(
        summary.id(),
        summary.name(),
        summary.submitter(),
        summary.priority(),
        summary.state(),
        summary.provider(),
        summary.plugins(),
        summary.submitted(),
        summary.started(),
        summary.finished(),
        summary.appliance(),
        summary.attempt(),
        summary.retryOf(),
        summary.progress(),
        summary.task(),
        error,
        summary.artefactBytes());
  }
}
