/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.net.HttpURLConnection;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides what to do with a response. */
@ConsumerType
@FunctionalInterface
public interface RetryRule {
  /** What to do with a response. */
  enum Verdict {
    /** It is the response; another attempt would get the same. */
    FINAL,
    /** A later attempt may succeed. */
    RETRY,
    /** The login expired; another attempt may succeed with a new one. */
    RENEW
  }

  /**
   * Decides.
   *
   * @param repeatable whether the request may be processed twice without harm
   */
  Verdict of(Response response, boolean repeatable);

  /** The rule for servers that use the status codes of HTTP as they are meant. */
  RetryRule STATUS =
      (response, repeatable) -> {
        if (response.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
          return Verdict.RENEW;
        }
        return RetryingClient.isPassing(response, repeatable) ? Verdict.RETRY : Verdict.FINAL;
      };
}
