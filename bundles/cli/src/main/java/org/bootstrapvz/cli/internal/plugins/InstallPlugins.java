/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Operands;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Installs providers and plugins from a repository. */
final class InstallPlugins implements Command {
  private final Supplier<PluginRepository> repository;

  InstallPlugins(Supplier<PluginRepository> repository) {
    this.repository = repository;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addPositional(
                Operands.texts(
                    1,
                    "NAME[@VERSION]",
                    "A provider or plugin; VERSION may be a range such as '[1.2,2)'"));
    spec.usageMessage().description("A jar is installed only if its checksum is correct.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<String> addresses = RepositoryAction.addresses(arguments);
    return RepositoryAction.run(
        terminal,
        () -> {
          List<InstalledJar> jars =
              repository
                  .get()
                  .install(
                      Operands.values(arguments),
                      addresses,
                      problem -> RepositoryAction.report(terminal, problem));
          for (InstalledJar jar : jars) {
            terminal
                .out()
                .println("Installed " + RepositoryAction.label(jar, ", which is required"));
          }
        });
  }
}
