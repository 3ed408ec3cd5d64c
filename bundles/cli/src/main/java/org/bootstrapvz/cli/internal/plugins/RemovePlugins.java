/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.util.function.Supplier;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Removes providers and plugins that were installed from a repository. */
final class RemovePlugins implements Command {
  private final Supplier<PluginRepository> repository;

  RemovePlugins(Supplier<PluginRepository> repository) {
    this.repository = repository;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(Operands.texts(1, "NAME", "The provider or plugin to remove"));
    spec.usageMessage().description("Dependencies that only they required are removed as well.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return RepositoryAction.run(
        terminal,
        () -> {
          for (InstalledJar jar : repository.get().remove(Operands.values(arguments))) {
            terminal
                .out()
                .println("Removed " + RepositoryAction.label(jar, ", which is no longer required"));
          }
        });
  }
}
