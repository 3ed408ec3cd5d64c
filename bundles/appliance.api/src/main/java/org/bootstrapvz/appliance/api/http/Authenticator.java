/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns the credentials of a request into an identity, for instance a client certificate's header
 * of a proxy, or a token of an identity provider. Register it as an OSGi service; it is used as
 * long as the service is registered.
 *
 * <p>Authenticators are asked in the order of their service ranking, highest first, until one knows
 * the caller. Those of the appliance, for its tokens and for the sessions of its page, have the
 * ranking 0. An authenticator of another bundle that throws or takes longer than the configured
 * time is skipped, and the log names its bundle.
 *
 * <p>A browser attaches cookies and some other credentials to requests that pages of other sites
 * make. An authenticator that accepts such credentials must refuse a request that changes something
 * unless its header {@code Origin} is that of the appliance.
 */
@ConsumerType
public interface Authenticator {
  /**
   * Identifies the caller. Called for each request to a route that needs a role, by several threads
   * at once.
   *
   * @return empty if the request carries no credentials that this authenticator knows
   * @throws HttpProblem if the caller is known but must be refused; no further authenticator is
   *     asked
   */
  Optional<Identity> authenticate(RequestHead request) throws HttpProblem;
}
