/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import org.bootstrapvz.api.extension.Extension;

/** A provider or plugin whose service was obtained. */
record ActiveExtension<T extends Extension>(NamedExtension<T> source, T service)
    implements AutoCloseable {
  @Override
  public void close() {
    source.registered().service().release(service);
  }
}
