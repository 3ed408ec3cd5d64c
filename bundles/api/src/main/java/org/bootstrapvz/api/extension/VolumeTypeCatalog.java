/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Knows the bootloaders, image formats and filesystems. A service; safe for use by several threads.
 */
@ProviderType
public interface VolumeTypeCatalog {
  /** Those that a new manifest may name. */
  VolumeTypes volumeTypes();
}
