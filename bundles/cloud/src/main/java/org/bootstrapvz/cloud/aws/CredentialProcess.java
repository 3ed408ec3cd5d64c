/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Surroundings;

/**
 * Runs the command that a profile names for its credentials. It is a command of the user, so it
 * runs outside of the build. Its output is never shown.
 */
final class CredentialProcess {
  private static final int MAX_BYTES = 1 << 16;
  private static final int TIMEOUT_SECONDS = 60;
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

  private CredentialProcess() {}

  /** Returns the standard output. */
  static byte[] run(String command, String profile, Surroundings surroundings)
      throws BuildException {
    ProcessBuilder builder = new ProcessBuilder(words(command));
    builder.directory(surroundings.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(surroundings.variables());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    String what = "The credential_process of the profile " + profile;
    try {
      Process process = builder.start();
      try {
        process.getOutputStream().close();
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> read(process));
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          throw new BuildException(what + " did not end within " + TIMEOUT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
          throw new BuildException(
              what
                  + " ended with status "
                  + process.exitValue()
                  + ". Run it in a terminal to see why");
        }
        return output.join();
      } finally {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    } catch (IOException e) {
      throw new BuildException(what + " cannot be run", e);
    }
  }

  private static byte[] read(Process process) {
    try {
      return process.getInputStream().readNBytes(MAX_BYTES);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** There is no shell; quotes keep blanks in a word. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group().replaceAll("\"([^\"]*)\"|'([^']*)'", "$1$2"));
    }
    return words;
  }
}
