/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.cloud.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Ledger;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import picocli.CommandLine.ParseResult;

/** The accounts that the user is logged in to. */
final class Accounts {
  static final String PROVIDER = "--provider";
  static final String PROFILE = "--profile";

  private final Map<String, Supplier<CloudInventory>> inventories;
  private final Supplier<Ledger> ledger;

  Accounts(Map<String, Supplier<CloudInventory>> inventories, Supplier<Ledger> ledger) {
    this.inventories = inventories;
    this.ledger = ledger;
  }

  /**
   * A resource of a cloud.
   *
   * @param provider that it belongs to
   * @param holder of this machine; empty if it is of another, or unknown here
   */
  record Found(String provider, CloudResource resource, Optional<Ledger.Holder> holder) {}

  /** What is done with the resources of an account. */
  @FunctionalInterface
  interface Action {
    void on(CloudInventory.Account account, List<Found> found) throws BuildException;
  }

  /** Runs an action on the accounts that the arguments choose; returns the exit status. */
  int forEach(ParseResult arguments, Terminal terminal, Action action) {
    Optional<String> wanted = Options.value(arguments, PROVIDER);
    if (wanted.isPresent() && !inventories.containsKey(wanted.get())) {
      terminal
          .err()
          .println(
              "error: No provider "
                  + wanted.get()
                  + " creates anything in a cloud. There is: "
                  + String.join(", ", inventories.keySet()));
      return ExitStatus.INPUT;
    }
    List<String> providers =
        wanted.map(List::of).orElseGet(() -> List.copyOf(inventories.keySet()));
    String profile = Options.<String>value(arguments, PROFILE).orElse("");
    Map<String, Ledger.Holder> held;
    try {
      held = ledger.get().held();
    } catch (IOException e) {
      terminal
          .err()
          .println("error: The journals of this machine cannot be read: " + e.getMessage());
      return ExitStatus.FAILED;
    }
    List<String> failed = new ArrayList<>();
    List<String> withoutLogin = new ArrayList<>();
    for (String provider : providers) {
      List<Secret> secrets = new CopyOnWriteArrayList<>();
      try {
        visit(provider, profile, held, secrets, action);
      } catch (BuildCancelledException e) {
        return ExitStatus.INTERRUPTED;
      } catch (NoCredentialsException e) {
        withoutLogin.add("error: " + provider + ": " + e.getMessage());
      } catch (BuildException e) {
        failed.add(provider);
        terminal
            .err()
            .println(
                "error: "
                    + provider
                    + ": "
                    + Secret.masked(String.valueOf(e.getMessage()), secrets));
      }
    }
    // Few people use every cloud: one without a login is an error only if nothing else is left.
    if (withoutLogin.size() == providers.size()) {
      withoutLogin.forEach(terminal.err()::println);
      return ExitStatus.FAILED;
    }
    return failed.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private void visit(
      String provider,
      String profile,
      Map<String, Ledger.Holder> held,
      List<Secret> secrets,
      Action action)
      throws BuildException {
    CloudInventory inventory = inventories.getOrDefault(provider, Accounts::none).get();
    try (CloudInventory.Account account = inventory.open(profile, secrets::add)) {
      List<Found> found =
          account.list().stream()
              .map(
                  resource ->
                      new Found(
                          provider,
                          resource,
                          Optional.ofNullable(held.get(resource.mark().nonce()))))
              .toList();
      action.on(account, found);
    }
  }

  private static CloudInventory none() {
    throw new IllegalStateException("Only known providers are asked");
  }
}
