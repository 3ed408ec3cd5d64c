/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.Locale;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;

/**
 * A registered provider or plugin that the manifest names.
 *
 * @param named the place in the manifest that names it
 */
record NamedExtension<T extends Extension>(
    Kind kind, RegistrySnapshot.Extension<T> registered, ManifestValue named) {

  static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  String name() {
    return registered.name();
  }

  OwnerBundle bundle() {
    return registered.bundle();
  }

  /** For example {@code plugin commands}. */
  String label() {
    return word(kind) + " " + name();
  }

  /** The path of its settings; those of a provider are spread over the whole manifest. */
  String path() {
    return kind == Kind.PROVIDER ? "" : named.path();
  }
}
