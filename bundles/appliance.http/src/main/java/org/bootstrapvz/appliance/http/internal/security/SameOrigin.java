/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;

/**
 * Protects against pages of other sites. A browser attaches the cookie of a session to every
 * request, whichever page makes it, so a request that changes something must come from our own
 * page.
 */
final class SameOrigin {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private SameOrigin() {}

  /** Refuses a request that changes something and does not come from our own page. */
  static void checkUnlessSafe(RequestHead request) throws HttpProblem {
    if (!SAFE_METHODS.contains(request.method())) {
      check(request);
    }
  }

  /** Refuses a request that does not come from our own page. */
  static void check(RequestHead request) throws HttpProblem {
    Optional<String> own =
        request.header("Host").map(host -> (request.secure() ? "https://" : "http://") + host);
    Optional<String> origin = request.header("Origin");
    if (own.isEmpty() || origin.filter(own.get()::equalsIgnoreCase).isEmpty()) {
      throw new HttpProblem(
          403, "Only the page of the appliance may make this request with a session cookie");
    }
  }
}
