/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;

/** Who logs in to Google Cloud. Used by one thread. */
public interface Credentials {
  /** Returns where they were found. */
  Source source();

  /** Returns the account for people; empty if it is not known. */
  String account();

  /** Returns the project that they belong to; empty if they belong to none. */
  String project() throws BuildException;

  /** Returns the secrets that they consist of. */
  List<Secret> secrets();

  /**
   * Obtains a token.
   *
   * @param endpoint exchanges what proves the identity
   */
  Secret token(TokenEndpoint endpoint) throws BuildException;
}
