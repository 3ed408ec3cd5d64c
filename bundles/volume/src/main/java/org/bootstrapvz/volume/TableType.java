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

  /** The one a manifest asks for. */
  public static TableType of(Manifest manifest) {
    return valueOf(manifest.at("volume.partitions.type").text().toUpperCase(Locale.ROOT));
  }

  /** As the manifest writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
