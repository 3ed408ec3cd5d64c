/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Optional;

/** A service that is activated only when it is used. */
public interface ServiceHandle<T> {
  /** Activates it; empty if it is gone or could not be activated. */
  Optional<T> obtain();

  /** Gives back what {@link #obtain} gave. */
  void giveBack(T service);
}
