/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.cloud.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bootstrapvz.api.resource.Ledger;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.NestedCommands;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists and deletes what builds left in the accounts of clouds. */
@Component
@CommandDefinition(
    name = "cloud",
    summary = "List and delete what builds created in clouds",
    category = CommandCategory.IMAGES,
    order = 30)
public final class CloudCommand implements Command {
  private final NestedCommands nested;

  /** Called by the container. */
  @Activate
  public CloudCommand(
      @Reference List<ComponentServiceObjects<CloudInventory>> inventories,
      @Reference ComponentServiceObjects<Ledger> ledger) {
    this(byProvider(inventories), ledger::getService, Clock.systemUTC());
  }

  CloudCommand(
      Map<String, Supplier<CloudInventory>> inventories, Supplier<Ledger> ledger, Clock clock) {
    Accounts accounts = new Accounts(inventories, ledger);
    nested =
        new NestedCommands()
            .add(
                "list",
                "List what bears the mark of bootstrap-vz",
                new ListResources(accounts, clock))
            .add(
                "reap",
                "Delete what builds left behind that have ended",
                new ReapResources(accounts, clock));
  }

  private static Map<String, Supplier<CloudInventory>> byProvider(
      List<ComponentServiceObjects<CloudInventory>> inventories) {
    Map<String, Supplier<CloudInventory>> byProvider = new TreeMap<>();
    inventories.forEach(
        each ->
            byProvider.put(
                String.valueOf(each.getServiceReference().getProperty(CloudInventory.PROVIDER)),
                each::getService));
    return byProvider;
  }

  @Override
  public CommandSpec spec() {
    return nested.addTo(
        CommandSpec.create()
            .addOption(
                Options.text(
                    Accounts.PROVIDER, "NAME", "Provider to ask (default: all with a login)"))
            .addOption(
                Options.text(
                    Accounts.PROFILE,
                    "NAME",
                    "Credentials to use, such as a cloud of clouds.yaml (default: as a build does)")));
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    return nested.run(arguments, terminal);
  }
}
