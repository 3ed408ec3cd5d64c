/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.util.Set;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryRule;

/** Which errors of the services of AWS pass. Their status alone does not tell. */
public final class AwsRule implements RetryRule {
  /** The service did not process the request. */
  private static final Set<String> THROTTLED =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestThrottleException",
          "ConcurrentLimitExceededException",
          "RequestLimitExceeded",
          "TooManyRequestsException",
          "SlowDown",
          "Unavailable",
          "ServiceUnavailable");

  private static final Set<String> EXPIRED =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "AuthFailure");

  /** The text of an error that EBS reports as wrong input, although the connection broke off. */
  private static final String INCOMPLETE = "Failed to read block data";

  @Override
  public Verdict of(Response response, boolean repeatable) {
    if (response.isSuccess()) {
      return Verdict.FINAL;
    }
    AwsError error = AwsError.of(response);
    if (THROTTLED.contains(error.code()) || error.message().contains(INCOMPLETE)) {
      return Verdict.RETRY;
    }
    if (EXPIRED.contains(error.code())) {
      return Verdict.RENEW;
    }
    return RetryRule.STATUS.of(response, repeatable);
  }
}
