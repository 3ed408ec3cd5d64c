/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine that QEMU is to start.
 *
 * @param image the disk
 * @param format its format in the words of QEMU
 * @param architecture of its programs
 * @param writable whether the guest may change the image
 * @param kvm whether the host's KVM runs it
 * @param uefi the firmware; empty for BIOS
 * @param memory MiB
 * @param cpus number of processors
 * @param sshPort port of the host that leads to the guest's port 22
 * @param kernel a kernel to start directly
 * @param initrd the initial file system for that kernel
 * @param append the command line for that kernel
 * @param interactive whether a person types; otherwise the console is only read
 */
record VirtualMachine(
    Path image,
    String format,
    Architecture architecture,
    boolean writable,
    boolean kvm,
    Optional<Uefi> uefi,
    int memory,
    int cpus,
    Optional<Integer> sshPort,
    Optional<String> kernel,
    Optional<String> initrd,
    Optional<String> append,
    boolean interactive) {

  /** Where the two files of a UEFI firmware are: its code and the template of its variables. */
  record Uefi(Path code, Path variables) {}

  /** The command that starts it. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of(architecture.qemu().name()));
    command.addAll(kvm ? List.of("-accel", "kvm", "-cpu", "host") : architecture.machine());
    command.addAll(List.of("-m", String.valueOf(memory), "-smp", String.valueOf(cpus)));
    uefi.ifPresent(
        firmware -> {
          command.addAll(architecture.uefi().options());
          String flash = "if=pflash,format=raw,unit=";
          command.addAll(List.of("-drive", flash + "0,readonly=on," + file(firmware.code())));
          // The variables go with the machine: the template belongs to the host.
          command.addAll(List.of("-drive", flash + "1,snapshot=on," + file(firmware.variables())));
        });
    String snapshot = writable ? "" : ",snapshot=on";
    command.addAll(List.of("-drive", "if=virtio,format=" + format + snapshot + "," + file(image)));
    kernel.ifPresent(file -> command.addAll(List.of("-kernel", file)));
    initrd.ifPresent(file -> command.addAll(List.of("-initrd", file)));
    append.ifPresent(text -> command.addAll(List.of("-append", text)));
    String forward = sshPort.map(port -> ",hostfwd=tcp:127.0.0.1:" + port + "-:22").orElse("");
    command.addAll(List.of("-nic", "user,model=virtio-net-pci" + forward));
    // A guest without entropy takes long to make its ssh host keys.
    command.addAll(List.of("-device", "virtio-rng-pci", "-display", "none"));
    if (interactive) {
      command.addAll(List.of("-serial", "mon:stdio"));
    } else {
      // A guest that starts over and over would never be noticed otherwise.
      command.addAll(List.of("-serial", "stdio", "-monitor", "none", "-no-reboot"));
    }
    return command;
  }

  /** In QEMU's options a comma in a value is written twice. */
  private static String file(Path path) {
    return "file=" + path.toString().replace(",", ",,");
  }
}
