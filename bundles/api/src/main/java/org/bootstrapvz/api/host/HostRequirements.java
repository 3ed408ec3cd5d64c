/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;

/**
 * The commands and files of the host that something needs, so that everything that is missing is
 * reported or installed at once.
 *
 * @param purpose what needs them, as the subject of a sentence: {@code this build}
 * @param commands the commands and files, with their packages
 */
public record HostRequirements(String purpose, SortedSet<HostCommand> commands) {
  /** Copies the commands. */
  public HostRequirements {
    commands = Collections.unmodifiableSortedSet(new TreeSet<>(commands));
  }

  /** Creates requirements from commands in any order. */
  public static HostRequirements of(String purpose, Collection<HostCommand> commands) {
    return new HostRequirements(purpose, new TreeSet<>(commands));
  }

  /**
   * Returns a message that names everything that a machine lacks and how to install it; empty if it
   * lacks nothing.
   */
  public Optional<String> lacking(Machine machine) {
    List<HostCommand> missing = machine.missing(commands);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The host lacks what "
                + purpose
                + " needs: "
                + listed(missing)
                + "\nInstall it with\n"
                + remedy(packages(missing))
                + "\nor add --install-missing");
  }

  /**
   * Installs the packages of everything that a machine lacks.
   *
   * @param announcement receives the packages before they are installed; is not called if nothing
   *     is missing
   * @param output receives each line that the installation prints
   * @throws BuildException if something is still missing after that; the message names it
   */
  public void install(
      Machine machine, Consumer<SortedSet<String>> announcement, Consumer<String> output)
      throws BuildException {
    List<HostCommand> missing = machine.missing(commands);
    if (missing.isEmpty()) {
      return;
    }
    SortedSet<String> packages = packages(missing);
    announcement.accept(packages);
    machine.install(packages, output);
    List<HostCommand> still = machine.missing(commands);
    if (!still.isEmpty()) {
      throw new BuildException(
          "The host still lacks what "
              + purpose
              + " needs: "
              + listed(still)
              + "\nThe packages were installed with\n"
              + remedy(packages));
    }
  }

  private static SortedSet<String> packages(List<HostCommand> commands) {
    return commands.stream()
        .map(HostCommand::debianPackage)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String remedy(SortedSet<String> packages) {
    return "  apt-get install " + String.join(" ", packages);
  }

  private static String listed(List<HostCommand> commands) {
    return commands.stream().sorted().map(HostCommand::toString).collect(Collectors.joining(", "));
  }
}
