/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether KVM runs PCs, by starting one. That {@code /dev/kvm} exists is not enough:
 * guests may fail or hang nevertheless.
 */
final class Kvm {
  private static final long PROBE_SECONDS = 3;
  private static final int SECTOR = 512;

  /**
   * The program of the machine: {@code mov dx,0xf4; mov al,0x10; out dx,al; hlt}. QEMU's debug exit
   * device at that port ends it with the status 2 * 0x10 + 1.
   */
  private static final int[] PROGRAM = {0xba, 0xf4, 0x00, 0xb0, 0x10, 0xee, 0xf4};

  private static final int STATUS = 33;

  private Kvm() {}

  /** Whether a machine with KVM runs its first instructions; takes some seconds if it hangs. */
  static boolean works() throws IOException, InterruptedException {
    if (!Files.isWritable(Path.of("/dev/kvm"))) {
      return false;
    }
    Path disk = Files.createTempFile("bootstrap-vz-", ".img");
    try {
      Files.write(disk, bootSector());
      return runs(disk, List.of("-accel", "kvm", "-cpu", "host"));
    } finally {
      Files.delete(disk);
    }
  }

  static boolean runs(Path disk, List<String> accelerator)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            Architecture.AMD64.qemu().name(),
            "-m",
            "16",
            "-display",
            "none",
            "-nodefaults",
            "-no-reboot",
            "-drive",
            "format=raw,snapshot=on,file=" + disk.toString().replace(",", ",,"),
            "-device",
            "isa-debug-exit,iobase=0xf4,iosize=0x04");
    command.command().addAll(accelerator);
    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try (Guest guest = Guest.start(command)) {
      return guest.process().waitFor(PROBE_SECONDS, TimeUnit.SECONDS)
          && guest.process().exitValue() == STATUS;
    }
  }

  static byte[] bootSector() {
    byte[] sector = new byte[SECTOR];
    for (int i = 0; i < PROGRAM.length; i++) {
      sector[i] = (byte) PROGRAM[i];
    }
    sector[SECTOR - 2] = 0x55;
    sector[SECTOR - 1] = (byte) 0xaa;
    return Arrays.copyOf(sector, SECTOR);
  }
}
