/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format of executable files for which an interpreter is registered with the kernel.
 *
 * <p>Source: the Linux kernel's documentation, "Kernel Support for miscellaneous Binary Formats".
 *
 * @param name the name of the entry
 * @param enabled whether the kernel uses it
 * @param interpreter the program that runs such files
 * @param flags letters; {@code F}: the interpreter is opened when it is registered, and therefore
 *     found whatever the root directory of a process is
 * @param offset of the magic number in the file
 * @param magic the magic number
 * @param mask the bits of the magic number that are compared
 */
record BinaryFormat(
    String name,
    boolean enabled,
    String interpreter,
    String flags,
    int offset,
    byte[] magic,
    byte[] mask) {
  private static final Pattern ESCAPE = Pattern.compile("\\\\x(\\p{XDigit}{2})", Pattern.DOTALL);

  /** Reads an entry of binfmt_misc; empty for one that compares the extension of file names. */
  static Optional<BinaryFormat> ofKernel(String name, String text) {
    String magic = field(text, "magic");
    if (magic.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = HexFormat.of().parseHex(magic);
    String mask = field(text, "mask");
    return Optional.of(
        new BinaryFormat(
            name,
            text.startsWith("enabled"),
            field(text, "interpreter"),
            field(text, "flags:"),
            Integer.parseInt(field(text, "offset")),
            bytes,
            mask.isEmpty() ? everyBit(bytes) : HexFormat.of().parseHex(mask)));
  }

  private static String field(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length()).strip())
        .findFirst()
        .orElse("");
  }

  /**
   * Reads a line of a file in {@code binfmt.d}, in the notation of the file {@code register}; empty
   * for a comment, and for one that compares the extension of file names.
   */
  static Optional<BinaryFormat> ofLine(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    String[] parts = line.split(Pattern.quote(line.substring(0, 1)), -1);
    if (parts.length != 8 || !parts[2].equals("M")) {
      return Optional.empty();
    }
    byte[] magic = bytes(parts[4]);
    return Optional.of(
        new BinaryFormat(
            parts[1],
            true,
            parts[6],
            parts[7],
            parts[3].isEmpty() ? 0 : Integer.parseInt(parts[3]),
            magic,
            parts[5].isEmpty() ? everyBit(magic) : bytes(parts[5])));
  }

  private static byte[] bytes(String escaped) {
    Matcher escape = ESCAPE.matcher(escaped);
    String text =
        escape.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) HexFormat.fromHexDigits(found.group(1)))));
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] everyBit(byte[] magic) {
    byte[] mask = new byte[magic.length];
    Arrays.fill(mask, (byte) 0xff);
    return mask;
  }

  /** Whether a file is of this format. */
  boolean matches(byte[] file) {
    if (file.length < offset + magic.length || mask.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (((file[offset + i] ^ magic[i]) & mask[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the interpreter is found in the root directory of an image, too. */
  boolean fixed() {
    return flags.contains("F");
  }
}
