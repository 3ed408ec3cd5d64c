/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 checksums as 64 lower-case hexadecimal digits. Thread-safe. */
public final class Sha256 {
  private Sha256() {}

  /** The checksum of bytes. */
  public static String of(byte[] content) {
    return hex(digest().digest(content));
  }

  /** The checksum of a text, encoded in UTF-8. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The checksum of a file.
   *
   * @throws IOException if it cannot be read
   */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        Output out = new Output(OutputStream.nullOutputStream())) {
      in.transferTo(out);
      return out.sha256();
    }
  }

  /** A new digest. Every Java platform has the algorithm. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The digits of a digest. */
  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /** A stream that computes the checksum of the written bytes. Used by one thread. */
  public static final class Output extends DigestOutputStream {
    /** A stream that also writes to another one, which it closes. */
    public Output(OutputStream out) {
      super(out, digest());
    }

    /** The checksum of everything written; call it once, at the end. */
    public String sha256() {
      return hex(getMessageDigest().digest());
    }
  }
}
