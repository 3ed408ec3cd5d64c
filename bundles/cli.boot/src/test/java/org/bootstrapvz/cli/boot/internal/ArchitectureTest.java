/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final String ESP = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
  private static final String ARM64 = "B921B045-1DF0-41C3-AF44-4C6F280D3FAE";

  @TempDir private Path folder;

  private static void run(String input, String... command)
      throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, command[0]))),
        command[0] + " is not installed");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes());
    }
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
  }

  /** A disk with partitions of such types, as sfdisk makes it. */
  private Path disk(String label, String... types) throws IOException, InterruptedException {
    Path disk = folder.resolve("disk");
    Files.write(disk, new byte[8 << 20]);
    StringBuilder table = new StringBuilder("label: " + label + "\n");
    for (String type : types) {
      table.append("size=1MiB, type=").append(type).append('\n');
    }
    run(table.toString(), "sfdisk", "--quiet", disk.toString());
    return disk;
  }

  private static Optional<Architecture> of(Path image) throws IOException, InterruptedException {
    return Architecture.of(DiskStart.of(image, ImageFormat.of(image), Architecture.GPT));
  }

  @ParameterizedTest
  @CsvSource({
    "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709, AMD64",
    "44479540-F297-41B2-9AF7-D131D5F0458A, I386",
    ARM64 + ", ARM64"
  })
  void isThatOfTheRootPartition(String type, Architecture expected) throws Exception {
    assertEquals(Optional.of(expected), of(disk("gpt", ESP, type, "linux")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qcow2", "vmdk", "vdi", "vpc"})
  void isFoundInEveryFormat(String format) throws Exception {
    Path image = folder.resolve("image");
    run("", "qemu-img", "convert", "-O", format, disk("gpt", ESP, ARM64).toString(), "" + image);

    assertEquals(Optional.of(Architecture.ARM64), of(image));
  }

  @Test
  void isUnknownIfNoPartitionTypeHasIt() throws Exception {
    assertEquals(Optional.empty(), of(disk("gpt", ESP, "linux")));
    assertEquals(Optional.empty(), of(disk("dos", "ef", "83")));
    assertEquals(Optional.empty(), of(Files.createFile(folder.resolve("empty"))));
  }

  @Test
  void isUnknownIfTheTableIsTruncatedOrInvalid() throws Exception {
    byte[] start = DiskStart.of(disk("gpt", ARM64), "raw", Architecture.GPT);
    for (int length : List.of(0, 511, 1023, 1024, 1025, 1039)) {
      assertEquals(Optional.empty(), Architecture.of(Arrays.copyOf(start, length)), "" + length);
    }
    // Where the entries start, their number and the size of each.
    for (int at = 512 + 72; at < 512 + 88; at++) {
      byte[] broken = start.clone();
      broken[at] = (byte) 0xff;
      assertDoesNotThrow(() -> Architecture.of(broken));
    }
    Arrays.fill(start, 512 + 72, 512 + 88, (byte) 0xff);
    assertEquals(Optional.empty(), Architecture.of(start));
  }
}
