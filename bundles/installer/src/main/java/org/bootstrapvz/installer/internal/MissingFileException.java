/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import org.bootstrapvz.api.repository.RepositoryException;

/** A repository does not have a file. */
final class MissingFileException extends RepositoryException {
  private static final long serialVersionUID = 1L;

  MissingFileException(String message) {
    super(message);
  }
}
