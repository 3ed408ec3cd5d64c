/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Checks public keys in the format of sshd(8), section "AUTHORIZED_KEYS FILE FORMAT". */
public final class PublicKeys {
  private PublicKeys() {}

  /** Says why a file is no list of public keys; empty if it is one. */
  public static Optional<String> problem(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of("there is no file " + file);
    }
    if (!Files.isReadable(file)) {
      return Optional.of("the file " + file + " cannot be read");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (isPrivate(text)) {
      return Optional.of(
          file
              + " contains a private key; name the file of the public key, usually "
              + file
              + ".pub");
    }
    int keys = 0;
    for (String line : text.split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        if (!isKey(line)) {
          return Optional.of(file + " is not a list of public keys as written by ssh-keygen");
        }
        keys++;
      }
    }
    return keys == 0 ? Optional.of(file + " contains no public key") : Optional.empty();
  }

  /** Whether a text contains a private key. */
  public static boolean isPrivate(String text) {
    return text.contains("PRIVATE KEY-----");
  }

  /** Whether a line contains a type, followed by a key that specifies the same type. */
  public static boolean isKey(String line) {
    String[] words = line.strip().split("\\s+");
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].matches("(ssh|ecdsa|sk)-[a-z0-9@.-]+") && isOfType(words[i], words[i + 1])) {
        return true;
      }
    }
    return false;
  }

  /**
   * RFC 4253, section 6.6: the first field of a key is its type, preceded by its length in four
   * bytes.
   */
  private static boolean isOfType(String type, String key) {
    try {
      ByteBuffer content = ByteBuffer.wrap(Base64.getDecoder().decode(key));
      if (content.remaining() <= 4 + type.length() || content.getInt() != type.length()) {
        return false;
      }
      byte[] field = new byte[type.length()];
      content.get(field);
      return type.equals(new String(field, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
