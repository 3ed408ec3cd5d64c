/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.bootstrapvz.cli.appliance.internal.JsonText.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.CommandCategory;
import org.bootstrapvz.cli.CommandDefinition;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows the log of a build. */
@Component(service = Command.class)
@CommandDefinition(
    name = "log",
    summary = "Show the log of a build",
    category = CommandCategory.APPLIANCE,
    order = 6)
public final class LogCommand extends ApplianceCommand {
  private static final String FOLLOW = "-f";
  private static final int CHUNK = 1 << 20;

  /** Called by the container. */
  @Activate
  public LogCommand() {
    this(stateOfHost());
  }

  LogCommand(Path state) {
    super(state);
  }

  @Override
  CommandSpec ownSpec() {
    return CommandSpec.create()
        .addPositional(buildId())
        .addOption(Options.flag(FOLLOW, "Follow the log until the build finishes", "--follow"));
  }

  @Override
  int run(ApplianceClient client, ParseResult arguments, Terminal terminal)
      throws ApplianceException, InterruptedException {
    String build = build(arguments);
    if (Options.has(arguments, FOLLOW)) {
      new EventStream(client, build + "/log")
          .read(
              (type, data) -> {
                terminal.out().print(text(data, "text"));
                terminal.out().flush();
              });
      return ExitStatus.DONE;
    }
    long offset = 0;
    while (true) {
      long next = print(client, build + "/log?limit=" + CHUNK + "&offset=" + offset, terminal);
      if (next <= offset) {
        return ExitStatus.DONE;
      }
      offset = next;
    }
  }

  /** Prints a part of the log and returns the offset of the next one. */
  private static long print(ApplianceClient client, String path, Terminal terminal)
      throws ApplianceException, InterruptedException {
    try {
      ApiResponse response = client.open(ApiRequest.of("GET", path));
      try (InputStream in = response.body()) {
        in.transferTo(terminal.out());
      }
      return Long.parseLong(response.header("Log-Next-Offset").orElse("0"));
    } catch (IOException e) {
      throw client.lost();
    } catch (NumberFormatException e) {
      throw new ApplianceException("The response is not that of an appliance; check the address");
    }
  }
}
