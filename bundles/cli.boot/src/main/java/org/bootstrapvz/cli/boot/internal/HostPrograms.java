/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;

/** The programs and firmware files that the host has. */
final class HostPrograms {
  private static final List<Path> FIRMWARE_DIRECTORIES =
      List.of(Path.of("/usr/share/OVMF"), Path.of("/usr/share/AAVMF"), Path.of("/usr/share/qemu"));

  private final List<String> searchPath;

  private HostPrograms(List<String> searchPath) {
    this.searchPath = searchPath;
  }

  /** Those on the search path of a terminal. */
  static HostPrograms of(Terminal terminal) {
    return new HostPrograms(List.of(terminal.environment().getOrDefault("PATH", "").split(":")));
  }

  boolean has(Architecture.Program program) {
    return searchPath.stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program.name())));
  }

  /**
   * Checks that a program is installed.
   *
   * @throws BootException if it is not; the message names the package
   */
  void require(Architecture.Program program) throws BootException {
    if (!has(program)) {
      throw missing(program.name(), program.debianPackage(), "");
    }
  }

  /**
   * The files of a UEFI firmware.
   *
   * @throws BootException if they are not installed; the message names the package
   */
  VirtualMachine.Uefi uefi(Architecture.UefiFiles files) throws BootException {
    return find(files)
        .orElseThrow(() -> missing("The UEFI firmware " + files.code(), files.debianPackage(), ""));
  }

  private static Optional<VirtualMachine.Uefi> find(Architecture.UefiFiles files) {
    for (Path directory : FIRMWARE_DIRECTORIES) {
      Path code = directory.resolve(files.code());
      Path variables = directory.resolve(files.variables());
      if (Files.isReadable(code) && Files.isReadable(variables)) {
        return Optional.of(new VirtualMachine.Uefi(code, variables));
      }
    }
    return Optional.empty();
  }

  /** Says what is missing and how to install it. */
  static BootException missing(String what, String debianPackage, String alternative) {
    return new BootException(
        ExitStatus.FAILED,
        what
            + " is not installed; install the package "
            + debianPackage
            + ": apt-get install "
            + debianPackage
            + alternative);
  }
}
