/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.HostCommand;

/**
 * The firmware of a machine.
 *
 * @param name for people
 * @param files that the host must have
 * @param options of QEMU that it needs
 */
record MachineFirmware(String name, List<HostCommand> files, List<String> options) {
  /** The BIOS of PCs, which QEMU contains. */
  static final MachineFirmware BIOS = new MachineFirmware("BIOS", List.of(), List.of());

  /** The lowest firmware of riscv64, which QEMU contains, and which starts only a kernel. */
  static final MachineFirmware OPENSBI = new MachineFirmware("OpenSBI", List.of(), List.of());

  /**
   * A UEFI in flash memory.
   *
   * @param code the file with its program
   * @param variables the file with the template of its variables
   * @param debianPackage the package with both
   * @param machine the options that the machine needs for it
   */
  static MachineFirmware uefi(
      String code, String variables, String debianPackage, List<String> machine) {
    List<String> options = new ArrayList<>(machine);
    String flash = "if=pflash,format=raw,unit=";
    options.addAll(List.of("-drive", flash + "0,readonly=on,file=" + code));
    // Changes to the variables are discarded: the template belongs to the host.
    options.addAll(List.of("-drive", flash + "1,snapshot=on,file=" + variables));
    return new MachineFirmware(
        "UEFI",
        List.of(new HostCommand(code, debianPackage), new HostCommand(variables, debianPackage)),
        options);
  }

  /** U-Boot, which starts programs for UEFI, as the "kernel" of OpenSBI. */
  static MachineFirmware uBoot(String program, String debianPackage) {
    return new MachineFirmware(
        "UEFI of U-Boot",
        List.of(new HostCommand(program, debianPackage)),
        List.of("-kernel", program));
  }
}
