/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine to start with QEMU.
 *
 * @param image the disk
 * @param format its format, as QEMU names it
 * @param architecture of its programs
 * @param writable whether the guest may change the image
 * @param kvm whether the host's KVM runs it
 * @param firmware its firmware
 * @param memory MiB
 * @param cpus number of processors
 * @param sshPort port of the host that is forwarded to port 22 of the guest
 * @param kernel a kernel to boot directly
 * @param initrd the initial ramdisk for that kernel
 * @param append the command line for that kernel
 * @param interactive whether the user types; otherwise the console is only read
 */
record VirtualMachine(
    Path image,
    String format,
    Architecture architecture,
    boolean writable,
    boolean kvm,
    MachineFirmware firmware,
    int memory,
    int cpus,
    Optional<Integer> sshPort,
    Optional<String> kernel,
    Optional<String> initrd,
    Optional<String> append,
    boolean interactive) {

  /** The command that starts it. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of(architecture.qemu().name()));
    command.addAll(kvm ? List.of("-accel", "kvm", "-cpu", "host") : architecture.machine());
    command.addAll(List.of("-m", String.valueOf(memory), "-smp", String.valueOf(cpus)));
    command.addAll(firmware.options());
    String snapshot = writable ? "" : ",snapshot=on";
    command.addAll(List.of("-drive", "if=virtio,format=" + format + snapshot + "," + file(image)));
    kernel.ifPresent(file -> command.addAll(List.of("-kernel", file)));
    initrd.ifPresent(file -> command.addAll(List.of("-initrd", file)));
    append.ifPresent(text -> command.addAll(List.of("-append", text)));
    String forward = sshPort.map(port -> ",hostfwd=tcp:127.0.0.1:" + port + "-:22").orElse("");
    // Not -nic, which QEMU ignores for riscv64.
    command.addAll(List.of("-netdev", "user,id=net0" + forward));
    command.addAll(List.of("-device", "virtio-net-pci,netdev=net0"));
    // Without entropy, a guest takes long to generate its SSH host keys.
    command.addAll(List.of("-device", "virtio-rng-pci", "-display", "none"));
    if (interactive) {
      command.addAll(List.of("-serial", "mon:stdio"));
    } else {
      if (!kvm && firmware.equals(MachineFirmware.BIOS)) {
        // The clock of the guest advances with the instructions that it executes: by 8 ns each,
        // which is about real time if the host is idle. With the clock of the host, systemd gives
        // up devices on a busy host, since they do not appear within its 90 s.
        // A firmware of UEFI takes twice as long then, as it often accesses its flash memory.
        command.addAll(List.of("-icount", "shift=3"));
      }
      // Otherwise a guest that reboots endlessly would not be noticed.
      command.addAll(List.of("-serial", "stdio", "-monitor", "none", "-no-reboot"));
    }
    return command;
  }

  /** In QEMU's options a comma in a value is written twice. */
  private static String file(Path path) {
    return "file=" + path.toString().replace(",", ",,");
  }
}
