/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.model;

import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Descriptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * Makes what picocli reads arguments with, and shows help from, out of a command's own model. It is
 * made for the command in use only: a model of all commands would cost more than most of them.
 */
public final class CommandModel {
  static {
    // Options bring the converters they need. Otherwise picocli looks for twenty classes by name,
    // some of them in modules that are not loaded.
    System.setProperty("picocli.converters.excludes", ".*");
    System.setProperty("picocli.disable.closures", "true");
  }

  private CommandModel() {}

  /** The model of a command, complete with its name, summary and {@code --help}. */
  public static CommandLine of(CommandEntry entry, Command command) {
    CommandSpec spec = command.spec();
    spec.name("bootstrap-vz " + entry.name());
    spec.usageMessage().description(Descriptions.of(entry.summary(), spec));
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .arity("0")
            .type(boolean.class)
            .description("Show this help")
            .scopeType(ScopeType.INHERIT)
            .build());
    CommandLine line = new CommandLine(spec);
    configure(spec);
    return line;
  }

  private static void configure(CommandSpec spec) {
    spec.parser()
        .expandAtFiles(false)
        .overwrittenOptionsAllowed(true)
        .allowSubcommandsAsOptionParameters(true)
        .unmatchedOptionsAllowedAsOptionParameters(false)
        .caseInsensitiveEnumValuesAllowed(false);
    spec.interpolateVariables(false);
    spec.usageMessage()
        .abbreviateSynopsis(true)
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .sortOptions(false);
    for (CommandLine nested : spec.subcommands().values()) {
      configure(nested.getCommandSpec());
    }
  }
}
