/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.net.HttpURLConnection;
import java.util.Set;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryRule;

/** What the errors of the Resource Manager mean. */
final class AzureError {
  /** Something else is being done with the resource. */
  private static final Set<String> BUSY =
      Set.of("RetryableError", "AnotherOperationInProgress", "OperationPreempted");

  /** A conflict that only a user can end. */
  private static final String LOCKED = "ScopeLocked";

  private AzureError() {}

  /** Returns the code of an error; empty if there is none. */
  static String code(Response response) {
    return response.json().at("/error/code").asString("");
  }

  /** Returns whether a resource, or the one that contains it, does not exist. */
  static boolean isNotFound(Response response) {
    String code = code(response);
    return response.status() == HttpURLConnection.HTTP_NOT_FOUND
        && code.endsWith("NotFound")
        && !code.startsWith("Subscription");
  }

  /** Decides what to do with a response. */
  static RetryRule.Verdict verdict(Response response, boolean repeatable) {
    return response.status() == HttpURLConnection.HTTP_CONFLICT && BUSY.contains(code(response))
        ? RetryRule.Verdict.RETRY
        : RetryRule.STATUS.of(response, repeatable);
  }

  /** Decides for a deletion, which succeeds when nothing uses the resource any more. */
  static RetryRule.Verdict verdictOfDeletion(Response response, boolean repeatable) {
    return response.status() == HttpURLConnection.HTTP_CONFLICT && !code(response).equals(LOCKED)
        ? RetryRule.Verdict.RETRY
        : RetryRule.STATUS.of(response, repeatable);
  }

  /** Returns what to do about an error, to be added to its message; empty if that is unknown. */
  static String remedy(String code) {
    return switch (code) {
      case "AuthorizationFailed", "LinkedAuthorizationFailed" ->
          ". Give the login the role Contributor for the resource group";
      case "MissingSubscriptionRegistration" ->
          ". Register it: az provider register --namespace Microsoft.Compute";
      case "RequestDisallowedByPolicy" ->
          ". A policy of the subscription forbids it: ask its owner, or change the settings";
      case "QuotaExceeded", "OperationNotAllowed" ->
          ". If it is a quota, ask for a larger one: az quota";
      case LOCKED -> ". Remove the lock: az lock list";
      default -> "";
    };
  }
}
