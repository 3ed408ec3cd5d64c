/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.problem.BuildException;
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
   * @throws BuildException if a program cannot be installed
   */
  VirtualMachine machine(boolean interactive)
      throws BootException, BuildException, IOException, InterruptedException {
    Path image = Operands.value(arguments, 0);
    String format = ImageFormat.of(image);
    Architecture architecture = architecture(image, format);
    MachineFirmware firmware = firmware(image, architecture);
    List<HostCommand> programs = new ArrayList<>(firmware.files());
    programs.add(architecture.qemu());
    host.provide(purpose(image), programs, "");
    return new VirtualMachine(
        image,
        format,
        architecture,
        Options.has(arguments, BootCommand.WRITE),
        architecture.isPc() && Kvm.works(),
        firmware,
        Options.<Integer>value(arguments, BootCommand.MEMORY)
            .orElse(BootCommand.DEFAULT_MEMORY_MIB),
        Options.<Integer>value(arguments, BootCommand.CPUS).orElse(1),
        Options.value(arguments, BootCommand.SSH_PORT),
        Options.<Path>value(arguments, BootCommand.KERNEL).map(Path::toString),
        Options.<Path>value(arguments, BootCommand.INITRD).map(Path::toString),
        Options.value(arguments, BootCommand.APPEND),
        interactive);
  }

  private static String purpose(Path image) {
    return "booting " + image;
  }

  private Architecture architecture(Path image, String format)
      throws BootException, BuildException, IOException, InterruptedException {
    Optional<Architecture> chosen = Options.value(arguments, BootCommand.ARCH);
    if (chosen.isPresent()) {
      return chosen.get();
    }
    if (!format.equals("raw")) {
      host.provide(
          purpose(image),
          List.of(DiskStart.QEMU_IMG),
          "\nWithout it, the architecture of the image is unknown, and so is what else is missing."
              + " Or set --arch to one of "
              + Architecture.list());
    }
    List<UUID> types = PartitionTypes.of(DiskStart.of(image, format, PartitionTypes.GPT_SECTORS));
    Optional<Architecture> found = Architecture.of(types);
    Optional<String> other = OtherArchitecture.of(types);
    if (found.isEmpty() && other.isPresent()) {
      throw new BootException(
          ExitStatus.INPUT,
          image
              + ": the root partition has the type for "
              + other.get()
              + ", but boot supports only "
              + Architecture.list()
              + ". If the type is wrong, set --arch");
    }
    return found.orElse(Architecture.AMD64);
  }

  private MachineFirmware firmware(Path image, Architecture architecture) throws BootException {
    Optional<Firmware> chosen = Options.value(arguments, BootCommand.FIRMWARE);
    boolean direct = Options.value(arguments, BootCommand.KERNEL).isPresent();
    if (architecture.isPc() && chosen.orElse(Firmware.BIOS) == Firmware.BIOS) {
      return MachineFirmware.BIOS;
    }
    if (chosen.filter(Firmware.BIOS::equals).isPresent()) {
      throw new BootException(
          ExitStatus.INPUT,
          image
              + ": "
              + architecture.debianName()
              + " machines have no BIOS. Omit --firmware, or use --firmware=uefi");
    }
    if (architecture == Architecture.RISCV64 && direct) {
      if (chosen.isPresent()) {
        throw new BootException(
            ExitStatus.INPUT,
            image
                + ": riscv64 machines start the kernel of --kernel without UEFI. Omit --firmware,"
                + " or --kernel");
      }
      return MachineFirmware.OPENSBI;
    }
    return architecture.uefi();
  }
}
