/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.model.CommandEntry;
import org.bootstrapvz.cli.internal.model.CommandTable;
import org.bootstrapvz.cli.internal.reference.CompletionCommand;
import org.bootstrapvz.cli.internal.reference.ManualCommand;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command line. The launcher calls it on its main thread; what it returns is the exit status. A
 * command's service is obtained only when the command is used, which keeps the start short.
 */
@Component(service = Callable.class, property = "main.thread:Boolean=true")
public final class BootstrapVz implements Callable<Integer> {
  private final Supplier<List<String>> arguments;
  private final List<ComponentServiceObjects<Command>> commands;

  /** Called by the container. */
  @Activate
  public BootstrapVz(
      @Reference(target = "(launcher.arguments=true)") Supplier<List<String>> arguments,
      @Reference List<ComponentServiceObjects<Command>> commands) {
    this.arguments = arguments;
    this.commands = commands;
  }

  @Override
  public Integer call() {
    return new Program(table(), Terminal.ofProcess()).run(arguments.get());
  }

  /**
   * The services, and the commands that describe all commands and so cannot be services as well.
   */
  private CommandTable table() {
    List<CommandEntry> entries = new ArrayList<>();
    for (ComponentServiceObjects<Command> each : commands) {
      entries.add(CommandEntry.of(each.getServiceReference().getProperties(), new Service(each)));
    }
    CommandCategory other = CommandCategory.OTHER;
    entries.add(
        new CommandEntry("completion", CompletionCommand.SUMMARY, other, 1, new Described(true)));
    entries.add(new CommandEntry("manual", ManualCommand.SUMMARY, other, 2, new Described(false)));
    return new CommandTable(entries);
  }

  /** Obtains a command's service. A class is in the archive of classes; a lambda would not be. */
  private static final class Service implements Supplier<Command> {
    private final ComponentServiceObjects<Command> service;

    Service(ComponentServiceObjects<Command> service) {
      this.service = service;
    }

    @Override
    public Command get() {
      return service.getService();
    }
  }

  /** Makes one of the commands that describe all commands. */
  private final class Described implements Supplier<Command> {
    private final boolean completion;

    Described(boolean completion) {
      this.completion = completion;
    }

    @Override
    public Command get() {
      return completion
          ? new CompletionCommand(BootstrapVz.this::table)
          : new ManualCommand(BootstrapVz.this::table);
    }
  }
}
