/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A static ELF program that ends with a fixed exit status, for each architecture of images.
 *
 * <p>Sources: the System V ABI, chapter "Object Files", and its supplements for the processors; the
 * numbers of the system call {@code exit} in the Linux kernel.
 */
enum TestProgram {
  /** {@code mov edi,42; mov eax,60; syscall}. */
  AMD64(true, 62, 0, "bf2a000000 b83c000000 0f05"),
  /** {@code mov ebx,42; mov eax,1; int 0x80}. */
  I386(false, 3, 0, "bb2a000000 b801000000 cd80"),
  /** {@code mov x0,42; mov x8,93; svc 0}. */
  ARM64(true, 183, 0, "400580d2 a80b80d2 010000d4"),
  /** {@code li a0,42; li a7,93; ecall}; the flags stand for the ABI lp64d. */
  RISCV64(true, 243, 4, "1305a002 9308d005 73000000");

  /** The exit status of the programs. */
  static final int STATUS = 42;

  private static final int ADDRESS = 0x400000;

  /** The largest page size of Linux. */
  private static final int ALIGNMENT = 0x10000;

  private static final int READ_EXECUTE = 5;

  private final boolean wide;
  private final int machine;
  private final int flags;
  private final byte[] code;

  TestProgram(boolean wide, int machine, int flags, String code) {
    this.wide = wide;
    this.machine = machine;
    this.flags = flags;
    this.code = HexFormat.of().parseHex(code.replace(" ", ""));
  }

  /** The program for a Debian architecture, if that is an architecture of images. */
  static Optional<TestProgram> of(String architecture) {
    for (TestProgram program : values()) {
      if (program.name().equalsIgnoreCase(architecture)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /** The content of its file: the ELF header, one program header, the code. */
  byte[] file() {
    int header = wide ? 64 : 52;
    int segment = wide ? 56 : 32;
    int start = header + segment;
    ByteBuffer file = ByteBuffer.allocate(start + code.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1}).position(16);
    file.putShort((short) 2).putShort((short) machine).putInt(1);
    word(file, ADDRESS + start);
    word(file, header);
    word(file, 0);
    file.putInt(flags).putShort((short) header).putShort((short) segment).putShort((short) 1);
    file.position(header);
    file.putInt(1);
    if (wide) {
      file.putInt(READ_EXECUTE);
    }
    word(file, 0);
    word(file, ADDRESS);
    word(file, ADDRESS);
    word(file, file.capacity());
    word(file, file.capacity());
    if (!wide) {
      file.putInt(READ_EXECUTE);
    }
    word(file, ALIGNMENT);
    return file.put(code).array();
  }

  private void word(ByteBuffer file, int value) {
    if (wide) {
      file.putLong(value);
    } else {
      file.putInt(value);
    }
  }
}
