/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.bootstrapvz.api.extension.ExtensionCatalog;
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

/** Creates a Maven project for a plugin or a provider. */
@Component
@CommandDefinition(
    name = "new",
    summary = "Create a Maven project for a plugin or a provider",
    category = CommandCategory.EXTENSIONS,
    order = 2)
public final class NewCommand implements Command {
  private final NestedCommands nested;

  /** Called by the container. */
  @Activate
  public NewCommand(@Reference ComponentServiceObjects<ExtensionCatalog> catalogs) {
    this(catalogs::getService, Path.of(System.getProperty("bootstrapvz.home", ".")));
  }

  /**
   * A command that uses this catalog.
   *
   * @param catalog knows which names are taken
   * @param home the directory of the distribution
   */
  public NewCommand(Supplier<ExtensionCatalog> catalog, Path home) {
    nested =
        new NestedCommands()
            .add("plugin", "Create a plugin", new CreateProject(Kind.PLUGIN, catalog, home))
            .add("provider", "Create a provider", new CreateProject(Kind.PROVIDER, catalog, home));
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addOption(
                Options.text(
                    CreateProject.GROUP,
                    "ID",
                    "Maven group and Java package, such as org.acme (default: org.example)"))
            .addOption(
                Options.path(CreateProject.DIR, "DIR", "Output directory (default: KIND.NAME)"));
    spec.usageMessage()
        .description(
            "The project compiles and passes its tests (mvn verify), and its jar can be copied to the"
                + " deploy directory.");
    return nested.addTo(spec);
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return nested.run(arguments, terminal);
  }
}
