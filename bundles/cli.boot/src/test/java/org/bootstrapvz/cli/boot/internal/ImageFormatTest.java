/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormatTest {
  @TempDir private Path folder;

  private String format(int size, int at, byte[] signature) throws IOException {
    byte[] content = new byte[size];
    System.arraycopy(signature, 0, content, at, signature.length);
    return ImageFormat.of(Files.write(folder.resolve("image"), content));
  }

  @ParameterizedTest
  @CsvSource({
    "QFI\u00fb, 0, qcow2",
    "KDMV, 0, vmdk",
    "# Disk DescriptorFile, 0, vmdk",
    "\u007f\u0010\u00da\u00be, 64, vdi",
    "vhdxfile, 0, vhdx",
    "conectix, 0, vpc",
    "conectix, 3584, vpc",
    "conectix, 1024, raw",
    "KDMV, 1, raw",
    "QFI, 0, raw",
  })
  void isSeenInTheContent(String signature, int at, String format) throws IOException {
    assertEquals(format, format(4096, at, signature.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void ofAnEmptyOrShortFileIsRaw() throws IOException {
    assertEquals("raw", format(0, 0, new byte[0]));
    assertEquals("raw", format(3, 0, new byte[] {'Q', 'F', 'I'}));
  }
}
