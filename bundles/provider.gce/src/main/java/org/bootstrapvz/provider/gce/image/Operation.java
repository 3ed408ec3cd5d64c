/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import tools.jackson.databind.JsonNode;

/** What Compute Engine does in the background. */
record Operation(JsonNode content) {
  static final String QUOTA_REMEDY =
      "Delete images that are not used any more, or ask for a larger quota:"
          + " https://console.cloud.google.com/iam-admin/quotas";

  String name() {
    return content.path("name").asString("");
  }

  boolean isDone() {
    return content.path("status").asString("").equals("DONE");
  }

  /** The response that shows a failed operation has the status 200. */
  boolean isFailed() {
    return !content.at("/error/errors").isEmpty();
  }

  /** Returns the error of a failed operation. */
  BuildException error(String what) {
    String errors =
        content
            .at("/error/errors")
            .valueStream()
            .map(each -> each.path("code").asString("") + ": " + each.path("message").asString(""))
            .collect(Collectors.joining("; "));
    return new BuildException(
        "Compute Engine "
            + what
            + " (status "
            + content.path("httpErrorStatusCode").asInt(0)
            + ", "
            + errors
            + ")"
            + (errors.contains("QUOTA_EXCEEDED") ? ". " + QUOTA_REMEDY : ""));
  }
}
