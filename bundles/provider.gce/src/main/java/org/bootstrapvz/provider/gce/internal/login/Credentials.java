/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.login.TokenSource;

/** Who logs in to Google Cloud. Used by one thread. */
public interface Credentials extends TokenSource {
  /** Returns where they were found. */
  Source source();

  /** Returns the account for people; empty if it is not known. */
  String account();

  /** Returns the project that they belong to; empty if they belong to none. */
  String project() throws BuildException;

  @Override
  default String place() {
    return source().toString();
  }
}
