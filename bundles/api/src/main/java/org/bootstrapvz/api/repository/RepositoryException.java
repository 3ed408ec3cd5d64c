/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

/** Installing, removing or looking up failed. The message is for people. */
public class RepositoryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for people. */
  public RepositoryException(String message) {
    super(message);
  }

  /** Creates an exception with a message for people and a cause for the log. */
  public RepositoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
