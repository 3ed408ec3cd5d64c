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
            Optional.empty(),
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
            + " -nic user,model=virtio-net-pci -device virtio-rng-pci -display none"
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
            Optional.of(new VirtualMachine.Uefi(Path.of("/f/code.fd"), Path.of("/f/vars.fd"))),
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
            + " -drive if=pflash,format=raw,unit=0,readonly=on,file=/f/code.fd"
            + " -drive if=pflash,format=raw,unit=1,snapshot=on,file=/f/vars.fd"
            + " -drive if=virtio,format=raw,file=a,,b.img"
            + " -kernel vmlinuz -initrd initrd.img -append root=/dev/vda console=ttyS0"
            + " -nic user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:8022-:22"
            + " -device virtio-rng-pci -display none -serial mon:stdio",
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
            Optional.of(new VirtualMachine.Uefi(Path.of("/f/code.fd"), Path.of("/f/vars.fd"))),
            1024,
            1,
            Optional.empty(),
            NONE,
            NONE,
            NONE,
            false);

    assertEquals(
        "qemu-system-aarch64 -machine virt -accel tcg -cpu cortex-a72 -m 1024 -smp 1"
            + " -drive if=pflash,format=raw,unit=0,readonly=on,file=/f/code.fd"
            + " -drive if=pflash,format=raw,unit=1,snapshot=on,file=/f/vars.fd"
            + " -drive if=virtio,format=qcow2,snapshot=on,file=arm.qcow2"
            + " -nic user,model=virtio-net-pci -device virtio-rng-pci -display none"
            + " -serial stdio -monitor none -no-reboot",
        command(machine));
  }
}
