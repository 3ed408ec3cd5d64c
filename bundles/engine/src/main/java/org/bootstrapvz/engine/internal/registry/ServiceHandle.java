/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Optional;

/** A service that is activated only when it is used. */
public interface ServiceHandle<T> {
  /** Activates it; empty if it was unregistered or cannot be activated. */
  Optional<T> obtain();

  /** Why it could not be activated: class and message of the exception, if they are known. */
  default Optional<String> failure() {
    return Optional.empty();
  }

  /** Releases what {@link #obtain} returned. */
  void release(T service);
}
