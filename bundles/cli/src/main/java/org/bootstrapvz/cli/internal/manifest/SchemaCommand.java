/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.manifest;

import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints the schema of manifests. */
@Component
@CommandDefinition(
    name = "schema",
    summary = "Print the JSON schema of manifests, for editors",
    category = CommandCategory.MANIFESTS,
    order = 3)
public final class SchemaCommand implements Command {
  private final Supplier<ManifestSchema> schema;

  /** Called by the container. */
  @Activate
  public SchemaCommand(@Reference ComponentServiceObjects<ManifestSchema> schemas) {
    this(schemas::getService);
  }

  /** A command that uses this service. */
  public static SchemaCommand of(Supplier<ManifestSchema> schema) {
    return new SchemaCommand(schema);
  }

  private SchemaCommand(Supplier<ManifestSchema> schema) {
    this.schema = schema;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("The schema includes the settings of all installed providers and plugins.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    terminal.out().print(schema.get().text());
    return ExitStatus.DONE;
  }
}
