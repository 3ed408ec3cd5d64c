/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bootstrapvz.api.build.BuildCancelledException;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;

/** Runs commands as plain processes. */
final class DirectSandbox implements Sandbox {
  @Override
  public CommandResult run(Command command) throws BuildException {
    ProcessBuilder builder = new ProcessBuilder(command.arguments()).redirectErrorStream(true);
    builder.environment().put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(command.environment());
    try {
      Process process = builder.start();
      try (OutputStream input = process.getOutputStream()) {
        if (command.input().isPresent()) {
          input.write(command.input().get().reveal().getBytes(StandardCharsets.UTF_8));
        }
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = output.lines().filter(line -> !command.listener().test(line)).toList();
      int status = process.waitFor();
      if (!command.accepted().contains(status)) {
        throw new CommandException(command.toString(), status, lines);
      }
      return new CommandResult(status, lines, Duration.ZERO);
    } catch (IOException e) {
      throw new CommandException(command.toString(), -1, List.of(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      throw new BuildCancelledException();
    }
  }

  @Override
  public Path outside(Path path) {
    return path;
  }

  @Override
  public Root root(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
