/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.List;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cli.internal.arguments.Syntax;

/** Prints the schema of manifests. */
final class SchemaCommand {
  static final Syntax SYNTAX =
      new Syntax(
          "schema",
          "",
          0,
          0,
          "Prints the JSON schema of manifests with all that is installed, for editors",
          "",
          List.of());

  private final Supplier<ManifestSchema> schema;
  private final Terminal terminal;

  SchemaCommand(Supplier<ManifestSchema> schema, Terminal terminal) {
    this.schema = schema;
    this.terminal = terminal;
  }

  int run() {
    terminal.out().print(schema.get().text());
    return ExitStatus.DONE;
  }
}
