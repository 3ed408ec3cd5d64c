/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.bootstrapvz.volume.ImageFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackTarballTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  private static byte[] content() {
    byte[] content = new byte[3 * MIB + 12345];
    new Random(1).nextBytes(content);
    return content;
  }

  /**
   * A disk of 64 MiB with data at its start and end; a part of its zeros is written or is a hole,
   * too.
   */
  private Path pack(String name, boolean onlyHoles) throws Exception {
    TestSandbox sandbox = new TestSandbox().running();
    TestBuild build =
        new TestBuild(new TestManifest(), Files.createDirectory(folder.resolve(name)), sandbox);
    Path volume = build.workspace().resolve("volume.raw");
    try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
      if (!onlyHoles) {
        file.write(new byte[16 * MIB]);
        file.seek(0);
      }
      file.write("the disk".getBytes());
      file.seek(60L * MIB);
      file.write(content());
      file.setLength(64L * MIB);
    }
    build.provide(ImageFile.class, new ImageFile(volume));

    new PackTarball().run(build);

    ConvertedImage packed = build.require(ConvertedImage.class);
    assertEquals("tar.gz", packed.extension());
    sandbox.run(Command.of("tar", "-xzf", packed.path().toString(), "-C", folder.toString()));
    sandbox.run(Command.of("cmp", folder.resolve("disk.raw").toString(), volume.toString()));
    sandbox.run(Command.of("gzip", "--test", packed.path().toString()));
    assertEquals(
        List.of(
            ResourceSpec.folder(build.workspace().resolve("archive")),
            ResourceSpec.file(packed.path())),
        build.held());
    return packed.path();
  }

  @Test
  void theArchiveHasTheDiskWithoutItsEmptyPartsInTheFormatThatGoogleReads() throws Exception {
    Path packed = pack("a", true);

    assertTrue(Files.size(packed) < 4 * MIB, "bytes: " + Files.size(packed));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      byte[] header = in.readNBytes(512);
      assertEquals('S', header[156]);
      assertEquals("disk.raw", new String(header, 0, 8));
      assertEquals("ustar  ", new String(header, 257, 7));
    }
  }

  @Test
  void theArchiveDoesNotDependOnWhichZerosAreHolesOfTheFile() throws Exception {
    assertEquals(-1, Files.mismatch(pack("a", true), pack("b", false)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 12345})
  void whatIsCompressedInPartsIsOneMemberOfGzip(int size) throws Exception {
    byte[] content = Arrays.copyOf(content(), size);
    Arrays.fill(content, size / 3, size / 2, (byte) 'x');
    Path plain = Files.write(folder.resolve("plain"), content);
    Path packed = folder.resolve("packed");

    ParallelGzip.compress(plain, packed, done -> assertTrue(done >= 0 && done <= 1));

    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      in.transferTo(read);
    }
    assertArrayEquals(content, read.toByteArray());
    Process test =
        new ProcessBuilder("gzip", "--list", "--verbose").redirectInput(packed.toFile()).start();
    assertEquals(0, test.waitFor());
  }
}
