/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.host.UnsupportedArchitecture;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The Linux machine that this process runs on. */
@Component
public final class LinuxMachine implements Machine {
  private final Path root;
  private final Map<String, String> variables;
  private final Map<String, String> environment;
  private final BinaryFormats formats;
  private final ProgramTrial trial;
  private volatile @Nullable String architecture;

  /** This machine. */
  @Activate
  public LinuxMachine() {
    this(Path.of("/"), System.getenv());
  }

  /** A machine whose system directories, such as {@code proc}, are in this directory. */
  LinuxMachine(Path root, Map<String, String> variables) {
    this(
        root,
        variables,
        new KernelTrial(
            List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/var/tmp")),
            CommandEnvironment.ofHost(variables)));
  }

  /** Such a machine, whose kernel runs the programs that a trial says. */
  LinuxMachine(Path root, Map<String, String> variables, ProgramTrial trial) {
    this.root = root;
    this.formats = new BinaryFormats(root);
    this.variables = variables;
    this.environment = CommandEnvironment.ofHost(variables);
    this.trial = trial;
  }

  @Override
  public Sandbox open(CommandObserver observer) throws BuildException {
    if (!privileges().root()) {
      throw new BuildException(
          "An ordinary user may not enter the namespaces a build needs. " + Privileges.WHAT_HELPS);
    }
    return new NamespaceSandbox(NamespaceKeeper.start(environment), observer, environment);
  }

  @Override
  public List<HostCommand> missing(Collection<HostCommand> commands) {
    List<HostCommand> missing =
        commands.stream()
            .distinct()
            .filter(command -> command.alternatives().stream().noneMatch(this::isHere))
            .toList();
    if (missing.isEmpty()) {
      return missing;
    }
    OsRelease release = release();
    return missing.stream()
        .map(each -> new HostCommand(each.name(), release.packageName(each.debianPackage())))
        .toList();
  }

  private OsRelease release() {
    try {
      return OsRelease.of(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isHere(String name) {
    if (name.startsWith("/")) {
      Path file = root.resolve(name.substring(1));
      return Files.isRegularFile(file) && Files.isReadable(file);
    }
    return CommandEnvironment.searchPath(variables).stream()
        .map(folder -> Path.of(folder, name))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }

  @Override
  public void install(SortedSet<String> packages, Consumer<String> output) throws BuildException {
    if (packages.isEmpty()) {
      return;
    }
    List<String> names = List.copyOf(packages);
    Command install =
        Command.of("apt-get", "install", "--yes", "--no-install-recommends").with(names);
    if (!privileges().real()) {
      throw new BuildException("Only root may install packages. Run: sudo " + install);
    }
    Command trial = Command.of("apt-get", "install", "--simulate").with(names);
    if (run(trial.accepting(0, 100), line -> {}).status() != 0) {
      run(Command.of("apt-get", "update"), output);
    }
    runToItsEnd(install, output);
  }

  /**
   * Runs a command on a thread that is never interrupted: killing dpkg at work would damage the
   * host.
   */
  private void runToItsEnd(Command command, Consumer<String> output) throws BuildException {
    FutureTask<CommandResult> task = new FutureTask<>(() -> run(command, output));
    new Thread(task, "apt-get").start();
    boolean interrupted = false;
    while (true) {
      try {
        task.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof BuildException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    // The loop does not wait for a finished task, so it may have missed an interrupt.
    if (Thread.interrupted() || interrupted) {
      throw new BuildCancelledException();
    }
  }

  private CommandResult run(Command command, Consumer<String> output) throws BuildException {
    Map<String, String> complete = new LinkedHashMap<>(environment);
    complete.put("DEBIAN_FRONTEND", "noninteractive");
    CommandObserver observer =
        new CommandObserver() {
          @Override
          public void started(Command ignored) {
            // Only the output of the command is needed.
          }

          @Override
          public void line(String line) {
            output.accept(line);
          }
        };
    return new CommandRunner(observer).run(command, command.arguments(), complete);
  }

  @Override
  public long availableMemory() {
    try {
      return new Memory(root).available();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean canMountFiles() {
    return privileges().real() && Files.exists(root.resolve("dev/loop-control"));
  }

  @Override
  public String architecture() {
    if (architecture == null) {
      architecture = askDpkg();
    }
    return architecture;
  }

  private String askDpkg() {
    Command command = Command.of("dpkg", "--print-architecture");
    try {
      return run(command, line -> {}).text();
    } catch (CommandException e) {
      // Not Debian: the JVM's name of the architecture, in Debian's spelling.
      String processor = System.getProperty("os.arch");
      return processor.equals("aarch64") ? "arm64" : processor;
    } catch (BuildException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public Optional<UnsupportedArchitecture> unsupported(String wanted) {
    try {
      return new ForeignPrograms(
              architecture(), release().packageName("qemu-user-binfmt"), formats, trial)
          .obstacle(wanted, privileges().root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void support(String wanted, Consumer<String> output) throws BuildException {
    Optional<UnsupportedArchitecture> obstacle = unsupported(wanted);
    if (obstacle.isPresent() && !privileges().real()) {
      throw new BuildException(
          "Only root may install an emulator for " + wanted + ". " + obstacle.get().remedy());
    }
    if (obstacle.isPresent() && !formats.mounted()) {
      run(Command.of(ForeignPrograms.MOUNT), output);
      obstacle = unsupported(wanted);
    }
    if (obstacle.isPresent()) {
      install(obstacle.get().packages(), output);
      obstacle = unsupported(wanted);
    }
    if (obstacle.isPresent()) {
      register(wanted, output);
      obstacle = unsupported(wanted);
    }
    if (obstacle.isPresent()) {
      throw new BuildException(obstacle.get().cause() + ". " + obstacle.get().remedy());
    }
  }

  /** As systemd-binfmt does: outside of systemd, the packages do not register their emulators. */
  private void register(String wanted, Consumer<String> output) throws BuildException {
    byte[] program = TestProgram.of(wanted).orElseThrow().file();
    try {
      Optional<String> line = formats.described(program);
      if (line.isPresent() && formats.registered(program).isEmpty()) {
        output.accept("Registering in binfmt_misc: " + line.get());
        formats.register(line.get());
      }
    } catch (IOException e) {
      throw new BuildException("The emulator cannot be registered in binfmt_misc: " + e, e);
    }
  }

  private Privileges privileges() {
    try {
      return Privileges.of(root.resolve("proc/self"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
