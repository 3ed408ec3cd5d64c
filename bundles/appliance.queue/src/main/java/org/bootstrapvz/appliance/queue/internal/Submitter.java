/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.BuildsException.Reason;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.queue.internal.store.ApplianceStore;
import org.bootstrapvz.appliance.queue.internal.store.NewBuild;
import org.bootstrapvz.appliance.queue.internal.store.Stores;

/** Checks and plans submitted manifests, and adds them to the queue. */
final class Submitter {
  private final Stores stores;
  private final Examiner examiner;
  private final Path scratch;

  /**
   * @param scratch for the manifests while they are planned
   */
  Submitter(Stores stores, Examiner examiner, Path scratch) {
    this.stores = stores;
    this.examiner = examiner;
    this.scratch = scratch;
  }

  BuildSummary submit(Submission submission, OptionalLong retryOf) {
    SubmissionCheck.check(submission);
    Examiner.Examined examined = examine(submission);
    Set<String> needs = examined.needs();
    // Another appliance that shares the queue may have what this one lacks.
    boolean elsewhere =
        examined.missing()
            && stores.appliances().offers(ApplianceStore.ALIVE_TIMEOUT).stream()
                .anyMatch(offers -> offers.containsAll(needs));
    return stores
        .queue()
        .add(
            new NewBuild(
                submission,
                examined.provider(),
                examined.plugins(),
                needs,
                elsewhere ? List.of() : examined.problems(),
                examined.plan(),
                examined.plan().isEmpty() && !elsewhere,
                retryOf));
  }

  private Examiner.Examined examine(Submission submission) {
    try {
      // Readable only by this user, as the manifest may contain passwords.
      Path file = Files.createTempFile(scratch, "submitted-", ".yml");
      try {
        Files.writeString(file, submission.manifest());
        return examiner.examine(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new BuildsException(
          Reason.UNAVAILABLE, "Cannot write to " + scratch + ": " + e.getMessage(), e);
    }
  }
}
