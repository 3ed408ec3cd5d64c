/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lists the bootloaders, image formats and filesystems. A service; safe for use by several threads.
 */
@ProviderType
public interface VolumeTypeCatalog {
  /** Returns those that a new manifest can name. */
  VolumeTypes volumeTypes();
}
