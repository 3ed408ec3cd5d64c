/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.Locale;
import org.bootstrapvz.api.manifest.Manifest;

/** The kinds of partition table: {@code volume.partitions.type}. */
public enum TableType {
  /** No table: one filesystem fills the volume. */
  NONE,
  /** The table of the PC's master boot record. */
  MSDOS,
  /** The GUID partition table. */
  GPT;

  /** The type that a manifest specifies. */
  public static TableType of(Manifest manifest) {
    return valueOf(manifest.at("volume.partitions.type").text().toUpperCase(Locale.ROOT));
  }

  /** The spelling in manifests. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
