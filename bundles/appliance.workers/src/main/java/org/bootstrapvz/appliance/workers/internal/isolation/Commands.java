/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs commands of the host to their end, even if the thread is interrupted. */
final class Commands {
  private Commands() {}

  static void run(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true);
    check(builder.start(), command);
  }

  /**
   * Runs two commands in a directory each, the output of the first being the input of the other.
   */
  static void pipe(List<String> first, Path from, List<String> second, Path to) throws IOException {
    List<Process> processes =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder(first)
                    .directory(from.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD),
                new ProcessBuilder(second).directory(to.toFile())));
    check(processes.get(1), second);
    check(processes.get(0), first);
  }

  private static void check(Process process, List<String> command) throws IOException {
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = awaitEnd(process);
    if (status != 0) {
      throw new IOException(
          String.join(" ", command) + " failed with status " + status + ": " + output);
    }
  }

  private static int awaitEnd(Process process) {
    boolean interrupted = false;
    while (true) {
      try {
        int status = process.waitFor();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return status;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
