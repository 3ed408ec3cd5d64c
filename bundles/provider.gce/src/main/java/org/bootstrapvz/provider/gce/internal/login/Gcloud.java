/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

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
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * The account that gcloud is logged in to. Not run in a sandbox: what a build left behind is
 * deleted when it has none any more.
 */
record Gcloud(Path command, Surroundings surroundings) implements Credentials {
  private static final long TIMEOUT_SECONDS = 60;

  /** Finds gcloud in the directories of {@code PATH}. */
  static Optional<Gcloud> find(Surroundings surroundings) {
    return Stream.of(surroundings.variable("PATH").split(":"))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, "gcloud"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(command -> new Gcloud(command, surroundings));
  }

  /** Returns why it gives no token; empty if it gives one. */
  Optional<String> problem() throws BuildException {
    try {
      return run("auth", "print-access-token").isEmpty()
          ? Optional.of("gives no token")
          : Optional.empty();
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Source source() {
    return Source.GCLOUD;
  }

  @Override
  public String account() {
    return "";
  }

  @Override
  public String project() throws BuildException {
    String project = run("config", "get-value", "project");
    return project.equals("(unset)") ? "" : project;
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  @Override
  public Secret token(TokenEndpoint endpoint) throws BuildException {
    return Secret.of(run("auth", "print-access-token"));
  }

  /** Returns the standard output, in one line. */
  private String run(String... arguments) throws BuildException {
    List<String> words = new ArrayList<>(List.of(command.toString(), "--quiet"));
    words.addAll(List.of(arguments));
    String line = "gcloud " + String.join(" ", arguments);
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
