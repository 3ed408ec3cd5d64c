/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.ledger;

import org.bootstrapvz.api.problem.BuildException;

/** No place that was searched has credentials for a cloud: the user is not logged in to it. */
public final class NoCredentialsException extends BuildException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names all places that were searched, and the remedy
   */
  public NoCredentialsException(String message) {
    super(message);
  }
}
