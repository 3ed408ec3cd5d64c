/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.cloud.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.document.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists what bears the mark, and which build made it. */
final class ListResources implements Command {
  private final Accounts accounts;
  private final Clock clock;

  ListResources(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PROVIDER", "REGION", "ID", "IMAGE", "HOST", "AGE", "STATE", "BUILD"));
    int status =
        accounts.forEach(
            arguments, terminal, (account, found) -> found.forEach(each -> rows.add(row(each))));
    if (rows.size() > 1) {
      TextTable.lines(rows).forEach(terminal.out()::println);
    }
    return status;
  }

  private List<String> row(Accounts.Found found) {
    CloudResource resource = found.resource();
    return List.of(
        found.provider(),
        resource.region(),
        resource.id(),
        resource.mark().manifest(),
        resource.mark().host(),
        Age.text(Duration.between(resource.created(), clock.instant())),
        resource.mark().state().text(),
        found
            .holder()
            .map(
                holder ->
                    switch (holder) {
                      case RUNNING -> "running here";
                      case DEAD -> "ended here";
                    })
            .orElse("not in the journals of this machine"));
  }
}
