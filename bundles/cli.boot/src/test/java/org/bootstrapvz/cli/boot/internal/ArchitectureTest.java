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
import java.util.UUID;
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

  private static List<UUID> types(Path image) throws IOException, InterruptedException {
    return PartitionTypes.of(
        DiskStart.of(image, ImageFormat.of(image), PartitionTypes.GPT_SECTORS));
  }

  private static Optional<Architecture> of(Path image) throws IOException, InterruptedException {
    return Architecture.of(types(image));
  }

  private static Optional<Architecture> of(byte[] start) {
    return Architecture.of(PartitionTypes.of(start));
  }

  @ParameterizedTest
  @CsvSource({
    "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709, AMD64",
    "44479540-F297-41B2-9AF7-D131D5F0458A, I386",
    ARM64 + ", ARM64",
    "72EC70A6-CF74-40E6-BD49-4BDA08E8F224, RISCV64"
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

  /** By the names that sfdisk has for their types. */
  @ParameterizedTest
  @CsvSource({
    "ARM, 'Optional[32-bit ARM (armhf, armel)]'",
    "LoongArch-64, Optional[loong64]",
    "MIPS-32 LE, Optional[mipsel]",
    "MIPS-64 LE, Optional[mips64el]",
    "PPC64LE, Optional[ppc64el]",
    "S390X, Optional[s390x]",
    "x86-64, Optional.empty"
  })
  void isOneThatIsNotBooted(String type, String expected) throws Exception {
    assertEquals(
        expected,
        OtherArchitecture.of(types(disk("gpt", ESP, "\"Linux root (" + type + ")\""))).toString());
  }

  @Test
  void isUnknownIfTheTableIsTruncatedOrInvalid() throws Exception {
    byte[] start = DiskStart.of(disk("gpt", ARM64), "raw", PartitionTypes.GPT_SECTORS);
    for (int length : List.of(0, 511, 1023, 1024, 1025, 1039)) {
      assertEquals(Optional.empty(), of(Arrays.copyOf(start, length)), "" + length);
    }
    // Where the entries start, their number and the size of each.
    for (int at = 512 + 72; at < 512 + 88; at++) {
      byte[] broken = start.clone();
      broken[at] = (byte) 0xff;
      assertDoesNotThrow(() -> of(broken));
    }
    Arrays.fill(start, 512 + 72, 512 + 88, (byte) 0xff);
    assertEquals(Optional.empty(), of(start));
  }
}
