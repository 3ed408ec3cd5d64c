/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plugins;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.RepositoryException;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.cli.Options;
import org.bootstrapvz.cli.Terminal;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the commands that use a repository have in common: its address and its errors. */
final class RepositoryAction {
  static final String REPOSITORY = "--repository";

  /** What is done with a repository. */
  @FunctionalInterface
  interface Body {
    void run() throws RepositoryException, IOException, InterruptedException;
  }

  private RepositoryAction() {}

  /** Runs an action; prints its errors and returns the exit status. */
  static int run(Terminal terminal, Body action) {
    try {
      action.run();
      return ExitStatus.DONE;
    } catch (RepositoryException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> report(terminal, line));
      return ExitStatus.INPUT;
    } catch (IOException e) {
      report(terminal, "Cannot use " + FileProblem.describe(e));
      return ExitStatus.INPUT;
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  /** The repository that the arguments name; none for those that are configured. */
  static List<String> addresses(ParseResult arguments) {
    Optional<String> address = Options.value(arguments, REPOSITORY);
    if (address.filter(text -> text.matches("\\w+://[^/]*@.*")).isPresent()) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "--repository: every user of this host can see a password on the command line;"
              + " write the address to conf/plugins.properties");
    }
    return address.stream().toList();
  }

  /** Prints a problem. */
  static void report(Terminal terminal, String problem) {
    terminal.err().println("bootstrap-vz: " + problem);
  }

  static String label(InstalledJar jar, String notAsked) {
    return "%s %s: %s%s"
        .formatted(jar.bundle(), jar.version(), jar.file(), jar.asked() ? "" : notAsked);
  }

  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
