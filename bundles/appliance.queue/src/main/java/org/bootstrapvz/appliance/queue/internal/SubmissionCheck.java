/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.BuildsException.Reason;
import org.bootstrapvz.appliance.api.builds.Submission;

/** Refuses submissions that cannot be stored. */
final class SubmissionCheck {
  private static final int MAX_NAME_LENGTH = 200;

  private SubmissionCheck() {}

  static void check(Submission submission) {
    if (submission.name().isBlank()
        || submission.name().length() > MAX_NAME_LENGTH
        || submission.name().chars().anyMatch(Character::isISOControl)) {
      throw invalid("A build needs a name: one line of at most " + MAX_NAME_LENGTH + " characters");
    }
    if (submission.submitter().length() > MAX_NAME_LENGTH) {
      throw invalid("The name of the submitter is longer than " + MAX_NAME_LENGTH + " characters");
    }
    if (submission.manifest().indexOf(0) >= 0) {
      throw invalid("The manifest contains a NUL character; it must be text");
    }
    checkPriority(submission.priority());
  }

  static void checkPriority(int priority) {
    if (priority < Builds.MIN_PRIORITY || priority > Builds.MAX_PRIORITY) {
      throw invalid(
          "The priority "
              + priority
              + " is not between "
              + Builds.MIN_PRIORITY
              + " and "
              + Builds.MAX_PRIORITY);
    }
  }

  private static BuildsException invalid(String message) {
    return new BuildsException(Reason.INVALID, message);
  }
}
