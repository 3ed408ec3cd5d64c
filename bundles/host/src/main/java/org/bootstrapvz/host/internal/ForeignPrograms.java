/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bootstrapvz.api.host.UnsupportedArchitecture;

/** Finds out why the kernel does not run programs for another architecture. */
final class ForeignPrograms {
  static final List<String> MOUNT =
      List.of("mount", "-t", "binfmt_misc", "binfmt_misc", "/" + BinaryFormats.MOUNT_POINT);

  private static final String ROOT = "As root, run: ";
  private static final String INSTALL_MISSING = "As root, build with --install-missing, or run: ";

  /** Registers what {@code /usr/lib/binfmt.d} describes. */
  private static final String REGISTER = "systemctl restart systemd-binfmt";

  private final String machine;
  private final String emulatorPackage;
  private final BinaryFormats formats;
  private final ProgramTrial trial;

  /**
   * @param machine the Debian architecture of the machine
   * @param emulatorPackage the Debian package with the emulators
   */
  ForeignPrograms(
      String machine, String emulatorPackage, BinaryFormats formats, ProgramTrial trial) {
    this.machine = machine;
    this.emulatorPackage = emulatorPackage;
    this.formats = formats;
    this.trial = trial;
  }

  /**
   * Returns why the programs of an image for an architecture cannot be run.
   *
   * @param isolated whether this process may change the root directory of a command
   */
  Optional<UnsupportedArchitecture> obstacle(String architecture, boolean isolated)
      throws IOException, InterruptedException {
    Optional<TestProgram> program =
        architecture.equals(machine) ? Optional.empty() : TestProgram.of(architecture);
    if (program.isEmpty()) {
      return Optional.empty();
    }
    ProgramTrial.Outcome outcome = trial.run(program.get(), isolated);
    Optional<BinaryFormat> format = formats.registered(program.get().file());
    boolean known = outcome != ProgramTrial.Outcome.UNKNOWN;
    boolean runs = outcome == ProgramTrial.Outcome.RUNS;
    // An ordinary user's trial does not show whether the interpreter is found in an image.
    if (!known || runs && (isolated || format.isEmpty() || format.get().fixed())) {
      return Optional.empty();
    }
    return Optional.of(explain(architecture, program.get(), format));
  }

  private UnsupportedArchitecture explain(
      String architecture, TestProgram program, Optional<BinaryFormat> format) throws IOException {
    if (isNative(architecture)) {
      return because(
          architecture,
          "Its kernel does not run 32-bit programs",
          none(),
          "Start it with a kernel that has CONFIG_IA32_EMULATION, with the kernel parameter"
              + " ia32_emulation=on");
    }
    SortedSet<String> packages = formats.described(program.file()).isEmpty() ? emulator() : none();
    String install = packages.isEmpty() ? "" : "apt-get install " + emulatorPackage + "; ";
    if (!formats.mounted()) {
      return because(
          architecture,
          "binfmt_misc, by which the kernel finds an emulator, is not mounted",
          packages,
          INSTALL_MISSING + install + String.join(" ", MOUNT) + "; " + REGISTER);
    }
    if (!formats.enabled()) {
      return because(
          architecture,
          "binfmt_misc is disabled",
          none(),
          ROOT + "echo 1 > /" + BinaryFormats.MOUNT_POINT + "/status");
    }
    if (format.isEmpty()) {
      return because(
          architecture,
          "No emulator is registered in binfmt_misc",
          packages,
          INSTALL_MISSING + install + REGISTER);
    }
    return broken(architecture, format.get());
  }

  private UnsupportedArchitecture broken(String architecture, BinaryFormat format) {
    String entry = "/" + BinaryFormats.MOUNT_POINT + "/" + format.name();
    if (!format.enabled()) {
      return because(
          architecture,
          "The entry " + format.name() + " of binfmt_misc is disabled",
          none(),
          ROOT + "echo 1 > " + entry);
    }
    String replace =
        ROOT
            + "echo -1 > "
            + entry
            + "; apt-get install --reinstall "
            + emulatorPackage
            + "; "
            + REGISTER;
    if (!format.fixed()) {
      return because(
          architecture,
          "The entry "
              + format.name()
              + " of binfmt_misc lacks the flag F, without which "
              + format.interpreter()
              + " is not found in an image",
          none(),
          replace);
    }
    return because(
        architecture,
        format.interpreter()
            + ", which the entry "
            + format.name()
            + " of binfmt_misc names, does not run a test program",
        none(),
        replace);
  }

  private UnsupportedArchitecture because(
      String architecture, String cause, SortedSet<String> packages, String remedy) {
    return new UnsupportedArchitecture(
        machine,
        architecture,
        cause,
        packages,
        remedy + "; or build on a machine of that architecture");
  }

  /** Whether the processor itself runs such programs, so that Debian has no emulator for them. */
  private boolean isNative(String architecture) {
    return machine.equals("amd64") && architecture.equals("i386");
  }

  private SortedSet<String> emulator() {
    return new TreeSet<>(List.of(emulatorPackage));
  }

  private static SortedSet<String> none() {
    return new TreeSet<>();
  }
}
