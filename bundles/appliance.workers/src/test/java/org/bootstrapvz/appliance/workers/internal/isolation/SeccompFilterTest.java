/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program is run by an interpreter of the instructions that it may contain. */
class SeccompFilterTest {
  private static final int ALLOWED = 0x7fff0000;
  private static final int REFUSED = 0x00050001;

  private static int run(String processor, int architecture, int number) {
    ByteBuffer program =
        ByteBuffer.wrap(SeccompFilter.of(processor).orElseThrow()).order(ByteOrder.nativeOrder());
    long accumulator = 0;
    for (int at = 0; ; at++) {
      int operand = program.getInt(at * 8 + 4);
      long value = Integer.toUnsignedLong(operand);
      int ifTrue = Byte.toUnsignedInt(program.get(at * 8 + 2));
      int ifFalse = Byte.toUnsignedInt(program.get(at * 8 + 3));
      switch (program.getShort(at * 8)) {
        case 0x20 -> accumulator = Integer.toUnsignedLong(operand == 4 ? architecture : number);
        case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
        case 0x35 -> at += accumulator >= value ? ifTrue : ifFalse;
        case 0x06 -> {
          return operand;
        }
        default -> throw new AssertionError("unknown instruction at " + at);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, 0xC000003E, 250, 0, keyctl and read",
    "amd64, 0xC000003E, 248, 56, add_key (the first of the list) and clone",
    "amd64, 0xC000003E, 134, 165, uselib (the last of the list) and mount",
    "amd64, 0xC000003E, 321, 272, bpf and unshare",
    "amd64, 0x40000003, 26, 11, ptrace and execve of i386",
    "aarch64, 0xC00000B7, 280, 221, bpf and execve",
    "aarch64, 0x40000028, 386, 11, bpf and execve of arm",
    "riscv64, 0xC00000F3, 105, 221, init_module and execve",
  })
  void callsThatNoBuildNeedsAreRefusedAndOthersAllowed(
      String processor, String architecture, int refused, int allowed, String calls) {
    int value = Integer.parseUnsignedInt(architecture.substring(2), 16);
    assertEquals(REFUSED, run(processor, value, refused), calls);
    assertEquals(ALLOWED, run(processor, value, allowed), calls);
  }

  @Test
  void callsOfOtherArchitecturesCannotAvoidTheFilter() {
    assertEquals(REFUSED, run("amd64", 0xC00000B7, 0));
    assertEquals(REFUSED, run("amd64", 0xC000003E, 0x40000000), "x32");
    assertEquals(REFUSED, run("riscv64", 0xC000003E, 0));
  }

  @Test
  void aProcessorWithoutATableHasNoProgram() {
    assertTrue(SeccompFilter.of("s390x").isEmpty());
  }
}
