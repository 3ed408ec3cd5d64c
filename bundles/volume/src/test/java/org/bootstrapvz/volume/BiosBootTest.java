/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Sectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiosBootTest {
  @TempDir Path folder;
  private Path image;
  private final byte[] boot = new byte[512];
  private final byte[] core = new byte[1300];

  @BeforeEach
  void makeDisk() throws Exception {
    byte[] disk = new byte[1 << 20];
    Arrays.fill(disk, (byte) 0x11);
    image = Files.write(folder.resolve("image"), disk);
    Arrays.fill(boot, (byte) 0x22);
    Arrays.fill(core, (byte) 0x33);
    ByteBuffer.wrap(core)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0x1f4, 2)
        .putShort(0x1fc, (short) 2)
        .putShort(0x1fe, (short) 0x820);
  }

  @Test
  void bootAndCoreImageContainTheLocationOfTheCoreImage() throws Exception {
    BiosBoot.embed(image, boot, core, new Sectors(34), new Sectors(2014));

    ByteBuffer disk = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(34, disk.getLong(0x5c));
    assertEquals((byte) 0xff, disk.get(0x64));
    assertEquals((byte) 0x22, disk.get(0x65));
    assertEquals((short) 0x9090, disk.getShort(0x66));
    assertEquals(35, disk.getLong(34 * 512 + 0x1f4));
    assertEquals(2, disk.getShort(34 * 512 + 0x1fc));
    assertEquals((byte) 0x33, disk.get(34 * 512 + 1299));
    assertEquals((byte) 0, disk.get(34 * 512 + 1300));
    assertEquals((byte) 0x11, disk.get(37 * 512));
  }

  @Test
  void signatureAndPartitionTableOfTheDiskAreKept() throws Exception {
    BiosBoot.embed(image, boot, core, new Sectors(1), new Sectors(2047));

    byte[] disk = Files.readAllBytes(image);
    byte[] expected = new byte[512 - 0x1b8];
    Arrays.fill(expected, (byte) 0x11);
    assertArrayEquals(expected, Arrays.copyOfRange(disk, 0x1b8, 512));
    assertEquals((byte) 0x22, disk[0x1b7]);
  }

  @Test
  void aCoreImageThatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws Exception {
    byte[] before = Files.readAllBytes(image);

    BuildException failure =
        assertThrows(
            BuildException.class,
            () -> BiosBoot.embed(image, boot, core, new Sectors(1), new Sectors(2)));

    assertTrue(failure.getMessage().contains("takes 3 sectors"), failure.getMessage());
    assertArrayEquals(before, Files.readAllBytes(image));
  }

  @Test
  void aFileThatIsNotACoreImageIsRefused() {
    core[0x1fc] = 9;

    assertThrows(
        BuildException.class,
        () -> BiosBoot.embed(image, boot, core, new Sectors(1), new Sectors(2047)));
  }
}
