/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.cli.internal.model.CommandEntry;
import org.bootstrapvz.cli.internal.model.CommandModel;
import org.bootstrapvz.cli.internal.model.CommandTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What completion scripts and manual pages say of the commands. */
record CommandReference(List<Page> pages) {
  /** The command that a manifest without a command stands for. */
  static final String DEFAULT = "build";

  /**
   * A command.
   *
   * @param path its names, such as {@code token create}; empty only for the program
   * @param aliases its paths with other names
   * @param summary what it does
   * @param spec its options and operands
   * @param nested its commands
   */
  record Page(
      String path, List<String> aliases, String summary, CommandSpec spec, List<Page> nested) {
    /** The last part of the path. */
    String name() {
      return path.substring(path.lastIndexOf(' ') + 1);
    }

    /** The name of a shell function or a file. */
    String id() {
      return path.replace(' ', '-');
    }

    /** This and all that are nested in it. */
    List<Page> all() {
      List<Page> all = new ArrayList<>(List.of(this));
      nested.forEach(page -> all.addAll(page.all()));
      return all;
    }
  }

  static CommandReference of(CommandTable commands) {
    List<Page> pages = new ArrayList<>();
    for (CommandEntry entry : commands.entries()) {
      CommandLine line = CommandModel.of(entry, entry.command().get());
      pages.add(page(entry.name(), List.of(), entry.summary(), line));
    }
    return new CommandReference(pages);
  }

  private static Page page(String path, List<String> aliases, String summary, CommandLine line) {
    List<Page> nested = new ArrayList<>();
    for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
      CommandSpec spec = each.getValue().getCommandSpec();
      if (each.getKey().equals(spec.name())) {
        List<String> others = new ArrayList<>();
        for (String alias : spec.aliases()) {
          others.add(path + " " + alias);
        }
        nested.add(
            page(
                path + " " + spec.name(),
                others,
                spec.usageMessage().description()[0].replace("%%", "%"),
                each.getValue()));
      }
    }
    return new Page(path, aliases, summary, line.getCommandSpec(), nested);
  }

  /** All commands, with those that are nested. */
  List<Page> all() {
    return pages.stream().flatMap(page -> page.all().stream()).toList();
  }

  /** The command that is run when there is a manifest only. */
  Page defaultPage() {
    return pages.stream().filter(page -> page.path().equals(DEFAULT)).findFirst().orElseThrow();
  }
}
