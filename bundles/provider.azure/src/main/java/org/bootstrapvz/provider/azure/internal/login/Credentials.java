/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.login.TokenSource;

/** Who logs in to Azure. Used by one thread. */
public interface Credentials extends TokenSource {
  /** Returns where they were found. */
  Source source();

  /** Returns the subscription that they are set to; empty if they are set to none. */
  String subscription() throws BuildException;

  @Override
  default String place() {
    return source().toString();
  }
}
