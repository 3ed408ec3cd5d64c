/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.document;

import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.volume.VolumeTypes;

/**
 * A checked manifest as a JSON document: all values with their places, the files of the host that
 * it names, and its secrets. Treat it as confidential.
 */
public final class ManifestDocument {
  private ManifestDocument() {}

  /** Returns a manifest that has no errors as JSON on one line, with its secrets. */
  public static String json(Manifest manifest) {
    return Json.confidential(ManifestContent.of(manifest));
  }

  /**
   * Reads a manifest.
   *
   * @param reader restores the manifest
   * @param types the bootloaders, image formats and filesystems that are installed here
   * @throws IllegalArgumentException if the text is not a manifest document; the message says where
   *     and why
   */
  public static Manifest parse(String json, ManifestReader reader, VolumeTypes types) {
    return reader.restore(
        Json.readConfidential(json, ManifestContent.class, "manifest document"), types);
  }
}
