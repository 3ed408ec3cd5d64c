/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;

/** A mount, PID and UTS namespace; commands enter it with {@code nsenter}. */
final class NamespaceSandbox implements Sandbox {
  private final NamespaceKeeper keeper;
  private final RootedTree tree;
  private final CommandRunner runner;
  private final Map<String, String> environment;
  private final AtomicBoolean closed = new AtomicBoolean();

  NamespaceSandbox(
      NamespaceKeeper keeper, CommandObserver observer, Map<String, String> environment) {
    this.keeper = keeper;
    this.tree = new RootedTree(Path.of("/proc", Long.toString(keeper.pid()), "root"));
    this.runner = new CommandRunner(observer);
    this.environment = environment;
  }

  @Override
  public CommandResult run(Command command) throws BuildException {
    List<String> arguments = new ArrayList<>();
    // nsenter itself would resolve the directory before it enters the namespace.
    command
        .directory()
        .ifPresent(folder -> arguments.addAll(List.of("unshare", "--wd=" + folder, "--")));
    arguments.addAll(command.arguments());
    Map<String, String> variables = new LinkedHashMap<>(environment);
    variables.putAll(command.environment());
    return run(command, arguments, variables);
  }

  /**
   * Runs a command.
   *
   * @param command the command as shown to users
   * @param arguments the command line that is executed
   * @param variables the complete environment
   */
  CommandResult run(Command command, List<String> arguments, Map<String, String> variables)
      throws BuildException {
    if (closed.get()) {
      throw new BuildException("The build's sandbox is closed; this cannot run in it: " + command);
    }
    List<String> all = new ArrayList<>();
    all.addAll(List.of("nsenter", "--target=" + keeper.pid(), "--mount", "--pid", "--uts", "--"));
    all.addAll(umask(command));
    all.addAll(arguments);
    try {
      return runner.run(command, all, variables);
    } catch (CommandException e) {
      if (keeper.isAlive()) {
        throw e;
      }
      throw new BuildException("The build's sandbox was ended while this ran in it: " + command, e);
    }
  }

  private static List<String> umask(Command command) throws BuildException {
    try {
      return command.hasStandardUmask() ? Umask.standard() : List.of();
    } catch (IOException e) {
      throw new BuildException("The umask of this process cannot be read", e);
    }
  }

  @Override
  public Path outside(Path path) {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("Not an absolute path: " + path);
    }
    if (closed.get()) {
      throw new IllegalStateException("The build's sandbox is closed");
    }
    try {
      return tree.resolve(path.toString(), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processes in it. */
  SandboxProcesses processes() {
    return new SandboxProcesses(keeper.pid());
  }

  /** The environment of commands of the host. */
  Map<String, String> environment() {
    return environment;
  }

  /** The path in the sandbox of a path that {@link #outside} returned. */
  Path inside(Path outside) {
    return tree.inside(outside);
  }

  @Override
  public Root root(Path path) {
    return new ImageRoot(this, path);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      keeper.end();
    }
  }
}
