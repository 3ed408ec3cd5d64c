/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import picocli.CommandLine.ParseResult;

/**
 * Chooses the machine for an image: what the user typed, otherwise what fits the image and host.
 */
final class MachineChoice {
  private final ParseResult arguments;
  private final HostPrograms host;

  MachineChoice(ParseResult arguments, HostPrograms host) {
    this.arguments = arguments;
    this.host = host;
  }

  /**
   * The machine.
   *
   * @param interactive whether the user types at the console
   * @throws BootException if the host lacks a program, or the options do not fit the image
   */
  VirtualMachine machine(boolean interactive)
      throws BootException, IOException, InterruptedException {
    Path image = Operands.value(arguments, 0);
    String format = ImageFormat.of(image);
    Architecture architecture = architecture(image, format);
    Firmware firmware = firmware(image, architecture);
    host.require(architecture.qemu());
    return new VirtualMachine(
        image,
        format,
        architecture,
        Options.has(arguments, BootCommand.WRITE),
        architecture != Architecture.ARM64 && Kvm.works(),
        firmware == Firmware.UEFI ? Optional.of(host.uefi(architecture.uefi())) : Optional.empty(),
        Options.<Integer>value(arguments, BootCommand.MEMORY)
            .orElse(BootCommand.DEFAULT_MEMORY_MIB),
        Options.<Integer>value(arguments, BootCommand.CPUS).orElse(1),
        Options.value(arguments, BootCommand.SSH_PORT),
        Options.<Path>value(arguments, BootCommand.KERNEL).map(Path::toString),
        Options.<Path>value(arguments, BootCommand.INITRD).map(Path::toString),
        Options.value(arguments, BootCommand.APPEND),
        interactive);
  }

  private Architecture architecture(Path image, String format)
      throws BootException, IOException, InterruptedException {
    Optional<Architecture> chosen = Options.value(arguments, BootCommand.ARCH);
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (!format.equals("raw") && !host.has(DiskStart.QEMU_IMG)) {
      throw HostPrograms.missing(
          DiskStart.QEMU_IMG.name(), DiskStart.QEMU_IMG.debianPackage(), "; or set --arch");
    }
    byte[] start = DiskStart.of(image, format, Architecture.GPT);
    return Architecture.of(start).orElse(Architecture.AMD64);
  }

  private Firmware firmware(Path image, Architecture architecture) throws BootException {
    Firmware firmware =
        Options.<Firmware>value(arguments, BootCommand.FIRMWARE)
            .orElse(architecture.hasBios() ? Firmware.BIOS : Firmware.UEFI);
    if (firmware == Firmware.BIOS && !architecture.hasBios()) {
      throw new BootException(
          ExitStatus.INPUT,
          image + ": arm64 machines have no BIOS. Omit --firmware, or use --firmware=uefi");
    }
    return firmware;
  }
}
