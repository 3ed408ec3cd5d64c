/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The JSON schema of manifests, for editors: composed from the base schema and those of all
 * installed providers and plugins. A service; safe for use by several threads.
 */
@ProviderType
public interface ManifestSchema {
  /** Returns the schema (draft 2020-12) as JSON. The same bundles result in the same text. */
  String text();
}
