/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.TextTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;

/** Shows the audit log. */
@Component(service = Command.class)
@CommandDefinition(
    name = "audit",
    summary = "Show the audit log of an appliance, newest entries first",
    category = CommandCategory.APPLIANCE,
    order = 15)
public final class AuditCommand extends ApplianceCommand {
  private static final String LIMIT = "--limit";
  private static final String BEFORE = "--before";
  private static final String FORMAT = "--format";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 100_000;

  /** The maximum of the API. */
  private static final int MAX_PAGE = 1000;

  /** How entries are printed. */
  enum Format {
    /** As a table. */
    TEXT,
    /** One object per line. */
    JSON
  }

  /** Called by the container. */
  @Activate
  public AuditCommand() {
    this(stateOfHost());
  }

  AuditCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create()
        .addOption(
            Options.number(
                LIMIT,
                "N",
                1,
                MAX_LIMIT,
                "Maximum number of entries (default: " + DEFAULT_LIMIT + ")"))
        .addOption(
            Options.number(
                BEFORE, "NUMBER", 1, Integer.MAX_VALUE, "Show only entries with a smaller number"))
        .addOption(
            Options.choice(
                FORMAT,
                Format.class,
                "Format: text, or json for one object per line (default: text)"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    int limit = Options.<Integer>value(arguments, LIMIT).orElse(DEFAULT_LIMIT);
    Optional<String> before = Options.<Integer>value(arguments, BEFORE).map(String::valueOf);
    List<JsonNode> entries = new ArrayList<>();
    do {
      int page = Math.min(MAX_PAGE, limit - entries.size());
      JsonNode answer =
          client.get(
              "/api/v1/audit?limit=" + page + before.map(number -> "&before=" + number).orElse(""));
      answer.path("entries").forEach(entries::add);
      before = Optional.of(text(answer, "next")).filter(next -> !next.isEmpty());
    } while (entries.size() < limit && before.isPresent());
    if (Options.<Format>value(arguments, FORMAT).filter(Format.JSON::equals).isPresent()) {
      entries.forEach(terminal.out()::println);
      return ExitStatus.DONE;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NUMBER", "TIME", "ACTION", "OBJECT", "RESULT", "BY", "ROLE", "FROM", ""));
    for (JsonNode entry : entries) {
      rows.add(
          List.of(
              text(entry, "number"),
              text(entry, "time").replaceFirst("\\.\\d+", ""),
              text(entry, "action"),
              text(entry, "object"),
              text(entry, "result"),
              text(entry, "by"),
              text(entry, "role"),
              text(entry, "from"),
              text(entry, "detail")));
    }
    TextTable.lines(rows).forEach(terminal.out()::println);
    return ExitStatus.DONE;
  }
}
