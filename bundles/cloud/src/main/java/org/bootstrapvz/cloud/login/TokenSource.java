/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.login;

import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/** Credentials for which tokens are issued. Used by one thread. */
@ConsumerType
public interface TokenSource {
  /** Returns where the credentials were found, for people. */
  String place();

  /** Returns the secrets that they consist of. */
  List<Secret> secrets();

  /**
   * Obtains a token.
   *
   * @param endpoint exchanges what proves the identity
   */
  Secret token(TokenEndpoint endpoint) throws BuildException;
}
