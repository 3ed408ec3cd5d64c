/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import org.bootstrapvz.engine.internal.registry.ServiceHandle;

/** A service could not be activated; the message says why. */
final class NotActivatedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private NotActivatedException(String message) {
    super(message, null, false, false);
  }

  /** Activates a service. */
  static <T> T obtain(ServiceHandle<T> handle) {
    return handle
        .obtain()
        .orElseThrow(
            () ->
                new NotActivatedException(
                    handle
                        .failure()
                        .orElse("its bundle was stopped, or the log of the process has more")));
  }
}
