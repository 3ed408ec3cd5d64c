/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.nio.file.Path;
import java.util.List;

/**
 * A finished image as a directory in the layout of the Open Container Initiative.
 *
 * @param layout the directory
 * @param manifest the digest of its manifest, which refers to all other files
 * @param blobs the files of the manifest: the layer and the configuration
 */
public record OciImage(Path layout, String manifest, List<Blob> blobs) {
  /** The media type of the manifest. */
  public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  /** Copies the list. */
  public OciImage {
    blobs = List.copyOf(blobs);
  }

  /** The file with a digest. */
  public Path file(String digest) {
    return layout.resolve("blobs/sha256").resolve(Digest.fileName(digest));
  }

  /**
   * A file of an image.
   *
   * @param digest of its content
   * @param size of it
   */
  public record Blob(String digest, long size) {}
}
