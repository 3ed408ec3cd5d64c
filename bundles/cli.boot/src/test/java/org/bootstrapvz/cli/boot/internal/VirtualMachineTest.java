/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualMachineTest {
  private static final Optional<String> NONE = Optional.empty();

  private static String command(VirtualMachine machine) {
    return String.join(" ", machine.command());
  }

  @Test
  void aWatchedMachineUsesASnapshotAndDoesNotReboot() {
    VirtualMachine machine =
        new VirtualMachine(
            Path.of("web.qcow2"),
            "qcow2",
            Architecture.AMD64,
            false,
            false,
            MachineFirmware.BIOS,
            1024,
            1,
            Optional.empty(),
            NONE,
            NONE,
            NONE,
            false);

    assertEquals(
        "qemu-system-x86_64 -accel tcg -cpu max -m 1024 -smp 1"
            + " -drive if=virtio,format=qcow2,snapshot=on,file=web.qcow2"
            + " -netdev user,id=net0 -device virtio-net-pci,netdev=net0 -device virtio-rng-pci -display none"
            + " -icount shift=3 -serial stdio -monitor none -no-reboot",
        command(machine));
  }

  @Test
  void aMachineWithEverythingHasItInItsCommand() {
    VirtualMachine machine =
        new VirtualMachine(
            Path.of("a,b.img"),
            "raw",
            Architecture.I386,
            true,
            true,
            Architecture.I386.uefi(),
            2048,
            4,
            Optional.of(8022),
            Optional.of("vmlinuz"),
            Optional.of("initrd.img"),
            Optional.of("root=/dev/vda console=ttyS0"),
            true);

    assertEquals(
        "qemu-system-x86_64 -accel kvm -cpu host -m 2048 -smp 4"
            + " -machine q35,smm=on -global driver=cfi.pflash01,property=secure,value=on"
            + " -drive if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/OVMF32_CODE_4M.secboot.fd"
            + " -drive if=pflash,format=raw,unit=1,snapshot=on,file=/usr/share/OVMF/OVMF32_VARS_4M.fd"
            + " -drive if=virtio,format=raw,file=a,,b.img"
            + " -kernel vmlinuz -initrd initrd.img -append root=/dev/vda console=ttyS0"
            + " -netdev user,id=net0,hostfwd=tcp:127.0.0.1:8022-:22"
            + " -device virtio-net-pci,netdev=net0 -device virtio-rng-pci -display none -serial mon:stdio",
        command(machine));
  }

  @Test
  void aMachineForArmHasNoBios() {
    VirtualMachine machine =
        new VirtualMachine(
            Path.of("arm.qcow2"),
            "qcow2",
            Architecture.ARM64,
            false,
            false,
            Architecture.ARM64.uefi(),
            1024,
            1,
            Optional.empty(),
            NONE,
            NONE,
            NONE,
            false);

    assertEquals(
        "qemu-system-aarch64 -machine virt -accel tcg -cpu cortex-a72 -m 1024 -smp 1"
            + " -drive if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/AAVMF/AAVMF_CODE.fd"
            + " -drive if=pflash,format=raw,unit=1,snapshot=on,file=/usr/share/AAVMF/AAVMF_VARS.fd"
            + " -drive if=virtio,format=qcow2,snapshot=on,file=arm.qcow2"
            + " -netdev user,id=net0 -device virtio-net-pci,netdev=net0 -device virtio-rng-pci -display none"
            + " -serial stdio -monitor none -no-reboot",
        command(machine));
  }

  private static VirtualMachine riscv(MachineFirmware firmware, Optional<String> kernel) {
    return new VirtualMachine(
        Path.of("riscv.qcow2"),
        "qcow2",
        Architecture.RISCV64,
        false,
        false,
        firmware,
        1024,
        1,
        Optional.of(8022),
        kernel,
        NONE,
        NONE,
        false);
  }

  @Test
  void aMachineForRiscvStartsUBootAndHasANetwork() {
    assertEquals(
        "qemu-system-riscv64 -machine virt -accel tcg -m 1024 -smp 1"
            + " -kernel /usr/lib/u-boot/qemu-riscv64_smode/uboot.elf"
            + " -drive if=virtio,format=qcow2,snapshot=on,file=riscv.qcow2"
            + " -netdev user,id=net0,hostfwd=tcp:127.0.0.1:8022-:22"
            + " -device virtio-net-pci,netdev=net0 -device virtio-rng-pci -display none"
            + " -serial stdio -monitor none -no-reboot",
        command(riscv(Architecture.RISCV64.uefi(), NONE)));
  }

  @Test
  void aKernelForRiscvIsStartedInsteadOfUBoot() {
    assertEquals(
        "qemu-system-riscv64 -machine virt -accel tcg -m 1024 -smp 1"
            + " -drive if=virtio,format=qcow2,snapshot=on,file=riscv.qcow2"
            + " -kernel vmlinux"
            + " -netdev user,id=net0,hostfwd=tcp:127.0.0.1:8022-:22"
            + " -device virtio-net-pci,netdev=net0 -device virtio-rng-pci -display none"
            + " -serial stdio -monitor none -no-reboot",
        command(riscv(MachineFirmware.OPENSBI, Optional.of("vmlinux"))));
  }
}
