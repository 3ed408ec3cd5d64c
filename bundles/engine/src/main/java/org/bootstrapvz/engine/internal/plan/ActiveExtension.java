/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import org.bootstrapvz.api.extension.Extension;

/** A provider or plugin whose service was obtained. */
record ActiveExtension<T extends Extension>(NamedExtension<T> source, T service) {
  void release(GuardedCalls calls) {
    calls.release(
        source.label(), source.bundle(), () -> source.registered().service().release(service));
  }
}
