/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinaryFormatTest {
  /** As the kernel shows what {@link #ARM64_LINE} registers. */
  static final String ARM64_ENTRY =
      """
      enabled
      interpreter /usr/libexec/qemu-binfmt/aarch64-binfmt-P
      flags: POF
      offset 0
      magic 7f454c460201010000000000000000000200b700
      mask ffffffffffffff00fffffffffffffffffeffffff
      """;

  /** A line of a file in binfmt.d. */
  static final String ARM64_LINE =
      ":qemu-aarch64:M::"
          + "\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:"
          + "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:"
          + "/usr/libexec/qemu-binfmt/aarch64-binfmt-P:OPF";

  @Test
  void anEntryOfTheKernelAndTheLineThatRegistersItAreTheSameFormat() {
    BinaryFormat entry = BinaryFormat.ofKernel("qemu-aarch64", ARM64_ENTRY).orElseThrow();
    BinaryFormat line = BinaryFormat.ofLine(ARM64_LINE).orElseThrow();

    assertEquals("/usr/libexec/qemu-binfmt/aarch64-binfmt-P", entry.interpreter());
    assertEquals(entry.interpreter(), line.interpreter());
    assertEquals("qemu-aarch64", line.name());
    assertArrayEquals(entry.magic(), line.magic());
    assertArrayEquals(entry.mask(), line.mask());
    assertTrue(entry.enabled());
    assertTrue(entry.fixed());
    assertTrue(line.fixed());
  }

  @Test
  void aFormatMatchesTheProgramsOfItsProcessorOnly() {
    BinaryFormat format = BinaryFormat.ofLine(ARM64_LINE).orElseThrow();

    for (TestProgram program : TestProgram.values()) {
      assertEquals(program == TestProgram.ARM64, format.matches(program.file()), program.name());
    }
  }

  @Test
  void bitsOutsideOfTheMaskAreNotCompared() {
    BinaryFormat format = BinaryFormat.ofLine(ARM64_LINE).orElseThrow();
    byte[] program = TestProgram.ARM64.file();
    program[7] = 3;
    assertTrue(format.matches(program), "the byte of the ABI is masked");
    program[16] = 3;
    assertTrue(format.matches(program), "a position-independent program");
    program[16] = 4;
    assertFalse(format.matches(program), "a core dump");
  }

  @Test
  void aMagicNumberAtAnOffsetWithoutAMaskIsCompared() {
    BinaryFormat format = BinaryFormat.ofLine(":x:M:18:\\xb7\\x00::/bin/x:").orElseThrow();

    assertTrue(format.matches(TestProgram.ARM64.file()));
    assertFalse(format.matches(TestProgram.RISCV64.file()));
    assertFalse(format.matches(new byte[18]));
    assertFalse(format.fixed());
  }

  @Test
  void aDisabledEntryIsReadAsSuch() {
    assertFalse(
        BinaryFormat.ofKernel("x", ARM64_ENTRY.replace("enabled", "disabled"))
            .orElseThrow()
            .enabled());
  }

  @Test
  void formatsByFileNameAndCommentsAreNoneOfPrograms() {
    assertEquals(
        Optional.empty(),
        BinaryFormat.ofKernel("jar", "enabled\ninterpreter /bin/j\nflags: \nextension .jar\n"));
    assertEquals(Optional.empty(), BinaryFormat.ofLine(":jar:E::jar::/bin/j:"));
    assertEquals(Optional.empty(), BinaryFormat.ofLine("# a comment"));
    assertEquals(Optional.empty(), BinaryFormat.ofLine(""));
  }
}
