/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import java.io.IOException;

/**
 * A path that another user can change, or has made. The message names the path, its owner and mode,
 * and the remedy.
 */
public final class UnsafePathException extends IOException {
  private static final long serialVersionUID = 1L;

  UnsafePathException(String message) {
    super(message);
  }
}
