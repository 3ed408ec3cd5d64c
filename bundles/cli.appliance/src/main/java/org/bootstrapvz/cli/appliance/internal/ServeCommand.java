/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Describes {@code serve}. It is run by the appliance's own bundles, which the start script loads
 * for it.
 */
@Component
@CommandDefinition(
    name = "serve",
    summary = "Run a build appliance until it is stopped",
    category = CommandCategory.APPLIANCE,
    order = 1)
public final class ServeCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "The appliance runs a queue of builds, which is used over HTTP.",
            "Configured in conf/org.bootstrapvz.appliance.*.cfg.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    throw new ParameterException(
        arguments.commandSpec().commandLine(),
        "The bundles of the appliance are not loaded; start it with bin/bootstrap-vz serve");
  }
}
