/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * The command of a cloud with which the user logged in. Not run in a sandbox: what a build left
 * behind is deleted when it has none any more.
 */
public final class LoginCommand {
  private static final long TIMEOUT_SECONDS = 60;

  private final Path command;
  private final Surroundings surroundings;

  private LoginCommand(Path command, Surroundings surroundings) {
    this.command = command;
    this.surroundings = surroundings;
  }

  /** Finds a command in the directories of {@code PATH}. */
  public static Optional<LoginCommand> find(String name, Surroundings surroundings) {
    return Stream.of(surroundings.variable("PATH").split(":"))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(command -> new LoginCommand(command, surroundings));
  }

  /** Runs the command; returns its standard output, which no message quotes. */
  public String run(List<String> arguments) throws BuildException {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(arguments);
    String line = command.getFileName() + " " + String.join(" ", arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(surroundings.variables());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    // An error message may quote what is configured there.
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new BuildException(command + " cannot be started", e);
    }
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new BuildException(
            "\"" + line + "\" has not ended after " + TIMEOUT_SECONDS + " seconds");
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new BuildException(
            "\"" + line + "\" fails with status " + process.exitValue() + ". Run it to see why");
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    } catch (IOException e) {
      throw new BuildException("The output of \"" + line + "\" cannot be read", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
