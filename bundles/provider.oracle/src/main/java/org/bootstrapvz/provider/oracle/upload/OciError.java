/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.oracle.upload;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryRule;

/** What the errors of Oracle Cloud Infrastructure mean. */
final class OciError {
  private OciError() {}

  /** Returns the code of an error; empty if there is none. */
  static String code(Response response) {
    return response.json().path("code").asString("");
  }

  /** Decides what to do with a response. */
  static RetryRule.Verdict verdict(Response response, boolean repeatable) {
    String code = code(response);
    boolean passing =
        response.status() == HTTP_CONFLICT && code.equals("IncorrectState")
            || response.status() == HTTP_BAD_REQUEST && code.equals("UnmatchedContentMD5");
    return passing ? RetryRule.Verdict.RETRY : RetryRule.STATUS.of(response, repeatable);
  }

  /**
   * Returns what to do about an error, to be added to its message; empty if that is unknown.
   *
   * @param right what a policy has to allow, such as {@code manage objects}
   */
  static String remedy(Response response, String right, Credentials credentials) {
    String code = code(response);
    if (response.status() == HTTP_UNAUTHORIZED) {
      return ". Check that the user still has the API key "
          + credentials.fingerprint()
          + " of the "
          + credentials;
    }
    if (response.status() == HTTP_NOT_FOUND || code.equals("NotAuthorized")) {
      return ". Oracle answers so as well if the user lacks the right; a policy that gives it: Allow"
          + " group GROUP to "
          + right
          + " in compartment COMPARTMENT";
    }
    if (code.equals("LimitExceeded") || code.equals("QuotaExceeded")) {
      return ". Delete images that are not used any more, or ask for a higher service limit";
    }
    return "";
  }
}
