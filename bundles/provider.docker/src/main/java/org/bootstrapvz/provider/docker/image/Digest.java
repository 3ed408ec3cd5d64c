/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as registries write it: {@code sha256:…}. */
public final class Digest {
  private static final String PREFIX = "sha256:";

  private Digest() {}

  /** That of some bytes. */
  public static String of(byte[] bytes) {
    return PREFIX + HexFormat.of().formatHex(algorithm().digest(bytes));
  }

  static String of(MessageDigest finished) {
    return PREFIX + HexFormat.of().formatHex(finished.digest());
  }

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The name of the file with that digest in a layout. */
  public static String fileName(String digest) {
    return digest.substring(PREFIX.length());
  }
}
