/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.security.MessageDigest;
import org.bootstrapvz.api.value.Sha256;

/** SHA-256 in the notation of registries: {@code sha256:…}. */
public final class Digest {
  private static final String PREFIX = "sha256:";

  private Digest() {}

  /** The digest of bytes. */
  public static String of(byte[] bytes) {
    return PREFIX + Sha256.of(bytes);
  }

  static String of(MessageDigest finished) {
    return PREFIX + Sha256.hex(finished.digest());
  }

  static MessageDigest algorithm() {
    return Sha256.digest();
  }

  /** The name of the file with that digest in a layout. */
  public static String fileName(String digest) {
    return digest.substring(PREFIX.length());
  }
}
