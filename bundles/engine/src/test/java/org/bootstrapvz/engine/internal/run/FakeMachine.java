/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.host.UnsupportedArchitecture;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/** A machine with scripted commands; it records when its sandboxes are closed. */
final class FakeMachine implements Machine {
  /** The output of commands. */
  final List<String> output = new ArrayList<>();

  /** Block devices, with their sizes. */
  final Map<Path, Long> devices = new HashMap<>();

  /** Commands that are not installed. */
  final Set<HostCommand> missing = new TreeSet<>();

  /** Whether an installation provides the missing commands. */
  boolean installs = true;

  /** An architecture whose programs it does not run until an emulator is installed. */
  String foreign = "";

  final List<SortedSet<String>> installed = new ArrayList<>();
  String refusal = "";

  /** Receives the operations on the machine: {@code open}, {@code close}. */
  Consumer<String> log = event -> {};

  @Override
  public Sandbox open(CommandObserver observer) throws BuildException {
    if (!refusal.isEmpty()) {
      throw new BuildException(refusal);
    }
    log.accept("open");
    return new FakeSandbox(observer);
  }

  @Override
  public List<HostCommand> missing(Collection<HostCommand> commands) {
    return commands.stream().filter(missing::contains).toList();
  }

  @Override
  public void install(SortedSet<String> packages, Consumer<String> lines) {
    installed.add(packages);
    lines.accept("Setting up " + packages);
    if (installs) {
      missing.removeIf(command -> packages.contains(command.debianPackage()));
    }
  }

  @Override
  public long availableMemory() {
    return 1 << 30;
  }

  @Override
  public boolean canMountFiles() {
    return false;
  }

  @Override
  public String architecture() {
    return "amd64";
  }

  @Override
  public Optional<UnsupportedArchitecture> unsupported(String wanted) {
    return wanted.equals(foreign)
        ? Optional.of(
            new UnsupportedArchitecture(
                "amd64", wanted, "There is none", new TreeSet<>(Set.of("emulator")), "Install it"))
        : Optional.empty();
  }

  @Override
  public void support(String wanted, Consumer<String> lines) throws BuildException {
    if (!installs) {
      throw new BuildException("There is still none");
    }
    lines.accept("Setting up an emulator for " + wanted);
    foreign = "";
  }

  private final class FakeSandbox implements Sandbox {
    private final CommandObserver observer;

    private FakeSandbox(CommandObserver observer) {
      this.observer = observer;
    }

    @Override
    public CommandResult run(Command command) throws BuildException {
      if (Thread.interrupted()) {
        throw new BuildCancelledException();
      }
      observer.started(command);
      List<String> lines = answer(command);
      lines.forEach(observer::line);
      return new CommandResult(0, lines, Duration.ZERO);
    }

    /** Counts 4096 bytes for each file. */
    private List<String> answer(Command command) {
      Path path = Path.of(command.arguments().get(command.arguments().size() - 1));
      try {
        return switch (command.arguments().get(0)) {
          case "stat" ->
              command.arguments().contains("--format=%F")
                  ? List.of(devices.containsKey(path) ? "block special file" : "fifo")
                  : List.of(Files.size(path) > 0 ? "8 512" : "0 512");
          case "du" -> {
            boolean apparent = command.arguments().contains("--apparent-size");
            long total = 0;
            for (Path file : files(path)) {
              total += apparent ? Files.size(file) : 4096;
            }
            yield List.of(total + "\t" + path);
          }
          case "blockdev" -> List.of(String.valueOf(devices.get(path)));
          default -> output;
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<Path> files(Path folder) throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        return all.filter(Files::isRegularFile).toList();
      }
    }

    @Override
    public Path outside(Path path) {
      return path;
    }

    @Override
    public Root root(Path path) {
      throw new UnsupportedOperationException("No test asks for it");
    }

    @Override
    public void close() {
      log.accept(Thread.currentThread().isInterrupted() ? "close interrupted" : "close");
    }
  }
}
