/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/** The hashes of a file as Cloud Storage writes them. */
final class FileHash {
  private static final int BUFFER = 1 << 20;

  private FileHash() {}

  private interface Sink {
    void update(byte[] buffer, int length);
  }

  static String md5(Path file) throws BuildException, IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      read(file, (buffer, length) -> digest.update(buffer, 0, length));
      return encoded(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the CRC-32C (RFC 4960, appendix B), its highest byte first. */
  static String crc32c(Path file) throws BuildException, IOException {
    Checksum checksum = new CRC32C();
    read(file, (buffer, length) -> checksum.update(buffer, 0, length));
    return encoded(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
  }

  static String encoded(byte[] hash) {
    return Base64.getEncoder().encodeToString(hash);
  }

  private static void read(Path file, Sink sink) throws BuildException, IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream input = Files.newInputStream(file)) {
      for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new BuildCancelledException();
        }
        sink.update(buffer, length);
      }
    }
  }
}
