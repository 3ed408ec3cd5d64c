/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a manifest may say, for editors: one JSON schema, composed from those of the manifest itself
 * and of all installed providers and plugins. A service; safe for use by several threads.
 */
@ProviderType
public interface ManifestSchema {
  /** The schema (draft 2020-12), as JSON. The same bundles give the same text. */
  String text();
}
