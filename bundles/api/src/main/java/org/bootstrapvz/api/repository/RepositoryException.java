/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

/** Something cannot be installed, removed or looked up. The message is for people. */
public class RepositoryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public RepositoryException(String message) {
    super(message);
  }

  /** With a message for people and the cause for the log. */
  public RepositoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
