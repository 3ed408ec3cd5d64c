/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Style;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Boots an image in QEMU, with its serial console on the terminal. */
@Component
@CommandDefinition(
    name = "boot",
    summary = "Boot an image in QEMU, with its serial console on this terminal",
    category = CommandCategory.IMAGES,
    order = 4)
public final class BootCommand implements Command {
  static final String UNTIL = "--until";
  static final String TIMEOUT = "--timeout";
  static final String KEEP_RUNNING = "--keep-running";
  static final String SSH_PORT = "--ssh-port";
  static final String ARCH = "--arch";
  static final String FIRMWARE = "--firmware";
  static final String MEMORY = "--memory";
  static final String CPUS = "--cpus";
  static final String KERNEL = "--kernel";
  static final String INITRD = "--initrd";
  static final String APPEND = "--append";
  static final String WRITE = "--write";
  static final String INSTALL_MISSING = "--install-missing";

  static final int DEFAULT_MEMORY_MIB = 1024;
  private static final int DEFAULT_TIMEOUT_SECONDS = 300;

  private final Supplier<Machine> host;

  /** Called by the container. */
  @Activate
  public BootCommand(@Reference ComponentServiceObjects<Machine> hosts) {
    this(hosts::getService);
  }

  /** A command that finds and installs programs on this host. */
  BootCommand(Supplier<Machine> host) {
    this.host = host;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(Operands.path(0, "IMAGE", "The image to boot"))
            .addOption(
                Options.text(
                    UNTIL,
                    "login|PATTERN",
                    "Stop when the console shows a login prompt or matches a regular expression"))
            .addOption(
                Options.number(
                    TIMEOUT,
                    "SECONDS",
                    1,
                    1_000_000,
                    "How long to wait for the pattern (default: " + DEFAULT_TIMEOUT_SECONDS + ")"))
            .addOption(
                Options.flag(KEEP_RUNNING, "Keep the machine running then, until interrupted"))
            .addOption(
                Options.number(
                    SSH_PORT, "PORT", 1, 65535, "Forward this local port to the guest's SSH port"))
            .addOption(
                Options.choice(
                    ARCH,
                    Architecture.class,
                    "Architecture of the image (default: detected from the GPT, otherwise amd64)"))
            .addOption(
                Options.choice(
                    FIRMWARE,
                    Firmware.class,
                    "Firmware to boot with (default: bios; uefi on arm64 and riscv64)"))
            .addOption(
                Options.number(
                    MEMORY,
                    "MIB",
                    64,
                    1 << 24,
                    "Memory of the machine (default: " + DEFAULT_MEMORY_MIB + ")"))
            .addOption(
                Options.number(CPUS, "NUMBER", 1, 255, "Processors of the machine (default: 1)"))
            .addOption(
                Options.path(KERNEL, "FILE", "Boot this kernel instead of the image's bootloader"))
            .addOption(Options.path(INITRD, "FILE", "Initial ramdisk for --kernel"))
            .addOption(Options.text(APPEND, "TEXT", "Kernel command line for --kernel"))
            .addOption(Options.flag(WRITE, "Write changes to the image (default: discard them)"))
            .addOption(Options.flag(INSTALL_MISSING, "Install missing host packages"));
    spec.usageMessage()
        .description(
            "Without --until, the console is interactive; press Ctrl+A, then X to leave it.",
            "With --until, the console is only shown; the exit status is 3 if the pattern does not"
                + " appear.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Optional<Pattern> until = pattern(arguments);
    checkCombination(arguments);
    Style style = Style.of(Style.Mode.AUTO, terminal);
    try {
      checkFiles(arguments);
      HostPrograms programs =
          new HostPrograms(host.get(), Options.has(arguments, INSTALL_MISSING), terminal);
      VirtualMachine machine = new MachineChoice(arguments, programs).machine(until.isEmpty());
      MachineRun run = new MachineRun(machine, terminal);
      if (until.isEmpty()) {
        return run.interact();
      }
      Duration timeout =
          Duration.ofSeconds(
              Options.<Integer>value(arguments, TIMEOUT).orElse(DEFAULT_TIMEOUT_SECONDS));
      return run.watch(until.get(), timeout, Options.has(arguments, KEEP_RUNNING));
    } catch (BootException e) {
      return error(terminal, style, e.status(), String.valueOf(e.getMessage()));
    } catch (BuildCancelledException e) {
      return error(terminal, style, ExitStatus.INTERRUPTED, "Interrupted; no machine was started");
    } catch (BuildException e) {
      return error(terminal, style, ExitStatus.FAILED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      return error(terminal, style, ExitStatus.INTERRUPTED, "Interrupted; the machine was stopped");
    } catch (IOException e) {
      return error(
          terminal,
          style,
          ExitStatus.FAILED,
          "Cannot start the machine: " + FileProblem.describe(e));
    }
  }

  private static int error(Terminal terminal, Style style, int status, String message) {
    terminal.err().println(style.error(message));
    return status;
  }

  private static void checkFiles(ParseResult arguments) throws BootException {
    Path image = Operands.value(arguments, 0);
    if (!Files.isRegularFile(image)) {
      throw new BootException(ExitStatus.INPUT, image + ": no such image");
    }
    for (String option : List.of(KERNEL, INITRD)) {
      Optional<Path> file = Options.value(arguments, option);
      if (file.isPresent() && !Files.isReadable(file.get())) {
        throw new BootException(ExitStatus.INPUT, option + ": cannot read " + file.get());
      }
    }
  }

  private static Optional<Pattern> pattern(ParseResult arguments) {
    Optional<String> until = Options.value(arguments, UNTIL);
    try {
      return until.map(text -> Pattern.compile(text.equals("login") ? "login: " : text));
    } catch (PatternSyntaxException e) {
      throw usage(
          arguments,
          "--until: \""
              + until.get()
              + "\" is not a valid regular expression: "
              + e.getDescription());
    }
  }

  private static void checkCombination(ParseResult arguments) {
    require(arguments, UNTIL, TIMEOUT, KEEP_RUNNING);
    require(arguments, KERNEL, INITRD, APPEND);
  }

  private static void require(ParseResult arguments, String required, String... options) {
    for (String option : options) {
      if (arguments.hasMatchedOption(option) && !arguments.hasMatchedOption(required)) {
        throw usage(arguments, option + " requires " + required);
      }
    }
  }

  private static ParameterException usage(ParseResult arguments, String message) {
    return new ParameterException(arguments.commandSpec().commandLine(), message);
  }
}
