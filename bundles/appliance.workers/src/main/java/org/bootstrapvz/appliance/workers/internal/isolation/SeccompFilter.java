/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program for the kernel's seccomp filter, in classic BPF, as seccomp(2) describes. It refuses
 * the system calls that no build needs: those that change or read the kernel itself, and those that
 * reach into other processes. All others are allowed; what they may do is a matter of the user
 * namespace.
 *
 * <p>A processor can run programs of more than one architecture, each with numbers of its own. All
 * calls of an architecture that is not in the table are refused.
 */
final class SeccompFilter {
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_GREATER_OR_EQUAL = 0x35;
  private static final int RETURN = 0x06;

  /** Offsets in {@code struct seccomp_data}. */
  private static final int NUMBER = 0;

  private static final int ARCHITECTURE = 4;

  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 1;
  private static final int REFUSE = 0x00050000 | EPERM;

  private static final int INSTRUCTION_BYTES = 8;

  /** Calls of x32 have this bit; no build needs that architecture. */
  private static final int X32 = 0x40000000;

  private static final int X86_64 = 0xC000003E;
  private static final int I386 = 0x40000003;
  private static final int ARM_64 = 0xC00000B7;
  private static final int ARM = 0x40000028;
  private static final int RISCV_64 = 0xC00000F3;

  /** One call in a row, with its numbers in the order x86_64, i386, generic, arm; -1 for none. */
  private static final Object[][] CALLS = {
    {"add_key", 248, 286, 217, 309},
    {"request_key", 249, 287, 218, 310},
    {"keyctl", 250, 288, 219, 311},
    {"bpf", 321, 357, 280, 386},
    {"kexec_load", 246, 283, 104, 347},
    {"kexec_file_load", 320, -1, 294, 401},
    {"init_module", 175, 128, 105, 128},
    {"finit_module", 313, 350, 273, 379},
    {"delete_module", 176, 129, 106, 129},
    {"perf_event_open", 298, 336, 241, 364},
    {"ptrace", 101, 26, 117, 26},
    {"process_vm_readv", 310, 347, 270, 376},
    {"process_vm_writev", 311, 348, 271, 377},
    {"pidfd_getfd", 438, 438, 438, 438},
    {"kcmp", 312, 349, 272, 378},
    {"userfaultfd", 323, 374, 282, 388},
    {"open_by_handle_at", 304, 342, 265, 371},
    {"swapon", 167, 87, 224, 87},
    {"swapoff", 168, 115, 225, 115},
    {"reboot", 169, 88, 142, 88},
    {"acct", 163, 51, 89, 51},
    {"syslog", 103, 103, 116, 103},
    {"settimeofday", 164, 79, 170, 79},
    {"clock_settime", 227, 264, 112, 262},
    {"clock_settime64", -1, 404, -1, 404},
    {"clock_adjtime", 305, 343, 266, 372},
    {"clock_adjtime64", -1, 405, -1, 405},
    {"adjtimex", 159, 124, 171, 124},
    {"stime", -1, 25, -1, -1},
    {"lookup_dcookie", 212, 253, 18, 249},
    {"quotactl", 179, 131, 60, 131},
    {"quotactl_fd", 443, 443, 443, 443},
    {"nfsservctl", 180, 169, 42, 169},
    {"vhangup", 153, 111, 58, 111},
    {"fanotify_init", 300, 338, 262, 367},
    {"io_uring_setup", 425, 425, 425, 425},
    {"io_uring_enter", 426, 426, 426, 426},
    {"io_uring_register", 427, 427, 427, 427},
    {"ioperm", 173, 101, -1, -1},
    {"iopl", 172, 110, -1, -1},
    {"_sysctl", 156, 149, -1, 149},
    {"create_module", 174, 127, -1, -1},
    {"query_module", 178, 167, -1, -1},
    {"uselib", 134, 86, -1, 86},
  };

  /**
   * The architectures that a processor runs: the value of the kernel, and a column of the table.
   */
  private static final Map<String, Map<Integer, Integer>> PROCESSORS =
      Map.of(
          "amd64", columns(X86_64, 1, I386, 2),
          "aarch64", columns(ARM_64, 3, ARM, 4),
          "riscv64", columns(RISCV_64, 3));

  private SeccompFilter() {}

  private static Map<Integer, Integer> columns(int... pairs) {
    Map<Integer, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      columns.put(pairs[i], pairs[i + 1]);
    }
    return columns;
  }

  /**
   * Returns the program in the byte order of this machine; empty if there is none for a processor.
   *
   * @param processor as {@code os.arch} of Java
   */
  static Optional<byte[]> of(String processor) {
    return Optional.ofNullable(PROCESSORS.get(processor)).map(SeccompFilter::program);
  }

  private static byte[] program(Map<Integer, Integer> architectures) {
    List<long[]> instructions = new ArrayList<>();
    architectures.forEach(
        (architecture, column) -> {
          List<long[]> calls = calls(architecture, column);
          instructions.add(instruction(LOAD_WORD, 0, 0, ARCHITECTURE));
          instructions.add(instruction(JUMP_IF_EQUAL, 0, calls.size(), architecture));
          instructions.addAll(calls);
        });
    instructions.add(instruction(RETURN, 0, 0, REFUSE));
    ByteBuffer bytes =
        ByteBuffer.allocate(instructions.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
    for (long[] each : instructions) {
      bytes.putShort((short) each[0]).put((byte) each[1]).put((byte) each[2]).putInt((int) each[3]);
    }
    return bytes.array();
  }

  /** Compares the number with each of the refused ones; jumps go to the return at the end. */
  private static List<long[]> calls(int architecture, int column) {
    List<Integer> numbers = new ArrayList<>();
    for (Object[] call : CALLS) {
      if ((int) call[column] >= 0) {
        numbers.add((int) call[column]);
      }
    }
    List<long[]> program = new ArrayList<>();
    program.add(instruction(LOAD_WORD, 0, 0, NUMBER));
    int left = numbers.size() + 1;
    if (architecture == X86_64) {
      program.add(instruction(JUMP_IF_GREATER_OR_EQUAL, left, 0, X32));
    }
    for (int number : numbers) {
      left--;
      program.add(instruction(JUMP_IF_EQUAL, left, 0, number));
    }
    program.add(instruction(RETURN, 0, 0, ALLOW));
    program.add(instruction(RETURN, 0, 0, REFUSE));
    return program;
  }

  private static long[] instruction(int code, int ifTrue, int ifFalse, int operand) {
    return new long[] {code, ifTrue, ifFalse, operand};
  }
}
