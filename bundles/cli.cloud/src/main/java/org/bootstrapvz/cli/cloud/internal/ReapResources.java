/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.cloud.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Ledger;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Deletes what builds left behind. What a build of this machine still uses is never deleted, nor a
 * complete image that a build delivered.
 */
final class ReapResources implements Command {
  private static final String OLDER_THAN = "--older-than";
  private static final String DRY_RUN = "--dry-run";

  private final Accounts accounts;
  private final Clock clock;

  ReapResources(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .addOption(
                Options.text(
                    OLDER_THAN,
                    "AGE",
                    "Also delete incomplete images of other machines that are older: 30m, 12h, 7d"))
            .addOption(Options.flag(DRY_RUN, "Show what would be deleted"));
    spec.usageMessage()
        .description(
            "Deletes what builds of this machine left behind. Images that a build delivered are kept.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Optional<Duration> olderThan;
    try {
      olderThan = Options.<String>value(arguments, OLDER_THAN).map(Age::parse);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), OLDER_THAN + ": " + e.getMessage(), e);
    }
    boolean dry = Options.has(arguments, DRY_RUN);
    return accounts.forEach(
        arguments, terminal, (account, found) -> reap(account, found, olderThan, dry, terminal));
  }

  private void reap(
      CloudInventory.Account account,
      List<Accounts.Found> found,
      Optional<Duration> olderThan,
      boolean dry,
      Terminal terminal)
      throws BuildException {
    for (Accounts.Found each : found) {
      if (!isLeft(each, olderThan)) {
        continue;
      }
      if (!dry) {
        account.delete(each.resource());
      }
      terminal.out().println((dry ? "Would delete " : "Deleted ") + description(each));
    }
  }

  private boolean isLeft(Accounts.Found found, Optional<Duration> olderThan) {
    if (found.holder().isPresent()) {
      return found.holder().get() == Ledger.Holder.DEAD;
    }
    CloudResource resource = found.resource();
    Duration age = Duration.between(resource.created(), clock.instant());
    return resource.mark().state() == Mark.State.BUILDING
        && olderThan.filter(limit -> age.compareTo(limit) > 0).isPresent();
  }

  private static String description(Accounts.Found found) {
    CloudResource resource = found.resource();
    return found.provider()
        + " "
        + resource.id()
        + " ("
        + resource.mark().manifest()
        + ", from "
        + resource.mark().host()
        + ")";
  }
}
