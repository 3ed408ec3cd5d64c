/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.util.function.Supplier;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.NestedCommands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists, installs and removes providers and plugins. */
@Component
@CommandDefinition(
    name = "plugins",
    summary = "List, install and remove providers and plugins",
    category = CommandCategory.EXTENSIONS,
    order = 1)
public final class PluginsCommand implements Command {
  private final ListPlugins list;
  private final NestedCommands nested;

  /** Called by the container. */
  @Activate
  public PluginsCommand(
      @Reference ComponentServiceObjects<ExtensionCatalog> catalogs,
      @Reference ComponentServiceObjects<PluginRepository> repositories) {
    this(catalogs::getService, repositories::getService);
  }

  /** A command that uses these services. */
  public static PluginsCommand of(
      Supplier<ExtensionCatalog> catalog, Supplier<PluginRepository> repository) {
    return new PluginsCommand(catalog, repository);
  }

  private PluginsCommand(
      Supplier<ExtensionCatalog> catalog, Supplier<PluginRepository> repository) {
    list = new ListPlugins(catalog);
    nested =
        new NestedCommands()
            .add("list", "List installed bundles, with unsatisfied requirements", list)
            .add(
                "available",
                "List the plugins and providers in a repository",
                new AvailablePlugins(catalog, repository))
            .add(
                "install",
                "Install from a repository, with dependencies",
                new InstallPlugins(repository))
            .add("remove", "Remove installed plugins and providers", new RemovePlugins(repository))
            .add("index", "Create the index of a repository", new IndexRepository(repository));
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addOption(
                Options.text(
                    RepositoryAction.REPOSITORY,
                    "DIR|URL",
                    "Repository to use (default: those in conf/plugins.properties)"));
    spec.usageMessage()
        .description("Without a command, lists installed bundles, like \"plugins list\".");
    return nested.addTo(spec);
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return arguments.hasSubcommand()
        ? nested.run(arguments, terminal)
        : list.run(arguments, terminal);
  }
}
