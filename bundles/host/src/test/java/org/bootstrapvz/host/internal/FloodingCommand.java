/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.CommandResult;

/** Runs a shell command in a JVM of its own and prints what is left of its output. */
final class FloodingCommand {
  private FloodingCommand() {}

  /** The first argument is the shell command. */
  public static void main(String[] arguments) throws Exception {
    long[] counts = new long[3];
    CommandObserver observer =
        new CommandObserver() {
          @Override
          public void started(Command command) {
            // The command is known.
          }

          @Override
          public void line(String line) {
            counts[0]++;
            counts[1] += line.length();
            counts[2] = Math.max(counts[2], line.length());
          }
        };
    String output;
    Command command = Command.of("sh", "-c", arguments[0]);
    try {
      CommandResult result =
          new CommandRunner(observer)
              .run(
                  command,
                  command.arguments(),
                  Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8"));
      output = result.missing().isEmpty() ? result.output().size() + " lines" : result.missing();
    } catch (CommandException e) {
      List<String> tail = e.tail();
      output = tail.size() + " lines, the last is " + tail.get(tail.size() - 1);
    }
    System.out.println("logged " + counts[0] + " " + counts[1] + " longest " + counts[2]);
    System.out.println(output);
  }
}
