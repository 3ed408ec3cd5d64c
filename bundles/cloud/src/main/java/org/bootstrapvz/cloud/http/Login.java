/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.net.http.HttpRequest;
import org.bootstrapvz.api.problem.BuildException;
import org.osgi.annotation.versioning.ConsumerType;

/** Authorizes requests. */
@ConsumerType
public interface Login {
  /**
   * Adds headers to a request, and logs in first if that is necessary.
   *
   * @throws BuildException if the login failed
   */
  void authorize(HttpRequest.Builder request) throws BuildException;

  /**
   * Logs in anew before the next request, since the server refused the last one as expired.
   *
   * @param refusal the response to the last request
   * @return whether this is possible; if not, the refusal is the response
   */
  boolean renew(Response refusal) throws BuildException;

  /** Sends requests as they are. */
  Login NONE =
      new Login() {
        @Override
        public void authorize(HttpRequest.Builder request) {}

        @Override
        public boolean renew(Response refusal) {
          return false;
        }
      };
}
