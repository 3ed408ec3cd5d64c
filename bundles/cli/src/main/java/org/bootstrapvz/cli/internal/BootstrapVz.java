/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Terminal;
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
    return new Program(CommandTable.of(commands), Terminal.ofProcess()).run(arguments.get());
  }
}
