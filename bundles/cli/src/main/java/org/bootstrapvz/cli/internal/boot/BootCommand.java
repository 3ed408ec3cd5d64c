/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Arguments;
import org.bootstrapvz.cli.internal.arguments.Option;
import org.bootstrapvz.cli.internal.arguments.Syntax;
import org.bootstrapvz.cli.internal.arguments.UsageException;

/** Boots an image in QEMU, with its serial console on the terminal. */
public final class BootCommand {
  private enum Firmware {
    BIOS,
    UEFI
  }

  private static final int MEMORY = 1024;
  private static final int TIMEOUT = 300;
  private static final int LAST_LINES = 8;
  private static final List<Path> FIRMWARE_FOLDERS =
      List.of(Path.of("/usr/share/OVMF"), Path.of("/usr/share/AAVMF"), Path.of("/usr/share/qemu"));

  private static final Option<String> UNTIL =
      Option.text(
          "--until",
          "login|PATTERN",
          "Stop when the console shows a login prompt or matches a\nregular expression");
  private static final Option<Integer> TIMEOUT_SECONDS =
      Option.number(
          "--timeout",
          "SECONDS",
          1,
          1_000_000,
          "How long to wait for it; " + TIMEOUT + " by default");
  private static final Option<Boolean> KEEP_RUNNING =
      Option.flag("--keep-running", "Do not stop then, but go on until interrupted");
  private static final Option<Integer> SSH_PORT =
      Option.number(
          "--ssh-port", "PORT", 1, 65535, "Lead this port of 127.0.0.1 to the guest's ssh");
  private static final Option<Architecture> ARCHITECTURE =
      Option.choice(
          "--arch",
          Architecture.class,
          "Of the image; by default what the type of its root\npartition in a GPT says, else amd64");
  private static final Option<Firmware> FIRMWARE =
      Option.choice(
          "--firmware",
          Firmware.class,
          "What starts the image; bios is the default, but not for\narm64, which has none");
  private static final Option<Integer> MEMORY_MIB =
      Option.number(
          "--memory", "MIB", 64, 1 << 24, "Memory of the machine; " + MEMORY + " by default");
  private static final Option<Integer> CPUS =
      Option.number("--cpus", "NUMBER", 1, 255, "Processors of the machine; 1 by default");
  private static final Option<String> KERNEL =
      Option.text("--kernel", "FILE", "Start this kernel instead of a bootloader");
  private static final Option<String> INITRD =
      Option.text("--initrd", "FILE", "The initial file system for --kernel");
  private static final Option<String> APPEND =
      Option.text("--append", "TEXT", "The kernel's command line for --kernel");
  private static final Option<Boolean> WRITE =
      Option.flag("--write", "Let the guest change the image; otherwise changes are lost");

  /** How it is called. */
  public static final Syntax SYNTAX =
      new Syntax(
          "boot",
          "IMAGE",
          1,
          1,
          "Boots an image in QEMU with its serial console here",
          "Without --until the console is yours; leave it with Ctrl+A and then X. With --until it"
              + " is only\nshown, and the exit status is 3 if the pattern does not appear.",
          List.of(
              UNTIL,
              TIMEOUT_SECONDS,
              KEEP_RUNNING,
              SSH_PORT,
              ARCHITECTURE,
              FIRMWARE,
              MEMORY_MIB,
              CPUS,
              KERNEL,
              INITRD,
              APPEND,
              WRITE));

  private final Terminal terminal;
  private final Style style;

  /** A command that shows the console on this terminal. */
  public BootCommand(Terminal terminal) {
    this.terminal = terminal;
    this.style = Style.of(Style.Mode.AUTO, terminal);
  }

  /** Boots the image and returns the exit status. */
  public int run(Arguments arguments) throws UsageException {
    Optional<Pattern> until = pattern(arguments);
    checkCombination(arguments);
    Path image = Path.of(arguments.operands().get(0));
    if (!Files.isRegularFile(image)) {
      return error(ExitStatus.INPUT, image + ": there is no such image");
    }
    for (Option<String> option : List.of(KERNEL, INITRD)) {
      if (arguments.get(option).filter(file -> !Files.isReadable(Path.of(file))).isPresent()) {
        return error(
            ExitStatus.INPUT,
            option.name() + ": " + arguments.get(option).get() + " cannot be read");
      }
    }
    try {
      String format = ImageFormat.of(image);
      boolean told = arguments.has(ARCHITECTURE);
      if (!told && !format.equals("raw") && !onPath(DiskStart.QEMU_IMG)) {
        return error(ExitStatus.FAILED, missing(DiskStart.QEMU_IMG) + "; or tell --arch");
      }
      Architecture architecture =
          told ? arguments.get(ARCHITECTURE).get() : architecture(image, format);
      boolean needsUefi = !architecture.hasBios();
      Firmware firmware = arguments.get(FIRMWARE).orElse(needsUefi ? Firmware.UEFI : Firmware.BIOS);
      if (firmware == Firmware.BIOS && needsUefi) {
        return error(
            ExitStatus.INPUT,
            image + ": machines for arm64 have no BIOS. Leave --firmware out, or say uefi");
      }
      if (!onPath(architecture.qemu())) {
        return error(ExitStatus.FAILED, missing(architecture.qemu()));
      }
      Architecture.Firmware files = architecture.uefi();
      Optional<VirtualMachine.Uefi> uefi =
          firmware == Firmware.UEFI ? findFirmware(files) : Optional.empty();
      if (firmware == Firmware.UEFI && uefi.isEmpty()) {
        return error(
            ExitStatus.FAILED, missing("The UEFI firmware " + files.code(), files.debianPackage()));
      }
      VirtualMachine machine =
          new VirtualMachine(
              image,
              format,
              architecture,
              arguments.has(WRITE),
              architecture != Architecture.ARM64 && Kvm.works(),
              uefi,
              arguments.get(MEMORY_MIB).orElse(MEMORY),
              arguments.get(CPUS).orElse(1),
              arguments.get(SSH_PORT),
              arguments.get(KERNEL),
              arguments.get(INITRD),
              arguments.get(APPEND),
              until.isEmpty());
      announce(machine);
      if (until.isEmpty()) {
        return interact(machine);
      }
      Duration timeout = Duration.ofSeconds(arguments.get(TIMEOUT_SECONDS).orElse(TIMEOUT));
      return watch(machine, until.get(), timeout, arguments.has(KEEP_RUNNING));
    } catch (InterruptedException e) {
      return error(ExitStatus.INTERRUPTED, "Interrupted; the machine was stopped");
    } catch (IOException e) {
      return error(ExitStatus.FAILED, "The machine cannot be started: " + FileProblem.describe(e));
    }
  }

  private static Optional<Pattern> pattern(Arguments arguments) throws UsageException {
    Optional<String> until = arguments.get(UNTIL);
    if (until.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(until.get().equals("login") ? "login: " : until.get()));
    } catch (PatternSyntaxException e) {
      throw UsageException.of(
          SYNTAX,
          "--until: \"" + until.get() + "\" is no regular expression: " + e.getDescription());
    }
  }

  private static void checkCombination(Arguments arguments) throws UsageException {
    for (Option<?> option : List.of(TIMEOUT_SECONDS, KEEP_RUNNING)) {
      if (arguments.has(option) && !arguments.has(UNTIL)) {
        throw UsageException.of(SYNTAX, option.name() + " needs --until");
      }
    }
    for (Option<?> option : List.of(INITRD, APPEND)) {
      if (arguments.has(option) && !arguments.has(KERNEL)) {
        throw UsageException.of(SYNTAX, option.name() + " needs --kernel");
      }
    }
  }

  private static Architecture architecture(Path image, String format)
      throws IOException, InterruptedException {
    byte[] start = DiskStart.of(image, format, Architecture.GPT);
    return Architecture.of(start).orElse(Architecture.AMD64);
  }

  private boolean onPath(Architecture.Program program) {
    for (String folder : terminal.environment().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(folder, program.name()))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<VirtualMachine.Uefi> findFirmware(Architecture.Firmware files) {
    for (Path folder : FIRMWARE_FOLDERS) {
      Path code = folder.resolve(files.code());
      Path variables = folder.resolve(files.variables());
      if (Files.isReadable(code) && Files.isReadable(variables)) {
        return Optional.of(new VirtualMachine.Uefi(code, variables));
      }
    }
    return Optional.empty();
  }

  private static String missing(Architecture.Program program) {
    return missing(program.name(), program.debianPackage());
  }

  private static String missing(String what, String debianPackage) {
    return what
        + " is not installed; the package "
        + debianPackage
        + " brings it: apt-get install "
        + debianPackage;
  }

  private void announce(VirtualMachine machine) {
    String port =
        machine.sshPort().map(number -> ", ssh at port " + number + " of 127.0.0.1").orElse("");
    terminal
        .err()
        .println(
            style.faint(
                "Booting "
                    + machine.image()
                    + " ("
                    + machine.format()
                    + ", "
                    + machine.architecture().name().toLowerCase(Locale.ROOT)
                    + ", "
                    + (machine.uefi().isPresent() ? "UEFI" : "BIOS")
                    + ", "
                    + (machine.kvm() ? "KVM" : "no KVM, so slowly")
                    + port
                    + ")"
                    + (machine.interactive() ? "; leave with Ctrl+A X" : "")));
  }

  private int interact(VirtualMachine machine) throws IOException, InterruptedException {
    terminal.out().flush();
    try (Guest guest = Guest.start(new ProcessBuilder(machine.command()).inheritIO())) {
      return guest.process().waitFor() == 0
          ? ExitStatus.DONE
          : error(ExitStatus.FAILED, "QEMU ended with status " + guest.process().exitValue());
    }
  }

  private int watch(VirtualMachine machine, Pattern pattern, Duration timeout, boolean goOn)
      throws IOException, InterruptedException {
    // What QEMU complains about is then shown with the end of the console.
    ProcessBuilder command = new ProcessBuilder(machine.command()).redirectErrorStream(true);
    long start = System.nanoTime();
    try (Guest guest = Guest.start(command)) {
      ConsoleWatch watch = new ConsoleWatch(guest.process().getInputStream(), terminal.out());
      ConsoleWatch.Outcome outcome = watch.await(pattern, timeout.toNanos());
      terminal.out().println();
      terminal.out().flush();
      long tenths = (System.nanoTime() - start) / 100_000_000;
      String seconds = tenths / 10 + "." + tenths % 10 + " s";
      if (outcome != ConsoleWatch.Outcome.SEEN) {
        terminal.err().println("The console ended with:");
        watch.console().lastLines(LAST_LINES).forEach(line -> terminal.err().println("  " + line));
        return error(
            ExitStatus.FAILED,
            outcome == ConsoleWatch.Outcome.ENDED
                ? "The machine ended after " + seconds + " without \"" + pattern + "\""
                : "No \"" + pattern + "\" within " + timeout.toSeconds() + " s");
      }
      terminal.err().println("\"" + pattern + "\" seen after " + seconds);
      if (goOn) {
        watch.awaitEnd();
      }
      return ExitStatus.DONE;
    }
  }

  private int error(int status, String message) {
    terminal.err().println(style.error(message));
    return status;
  }
}
