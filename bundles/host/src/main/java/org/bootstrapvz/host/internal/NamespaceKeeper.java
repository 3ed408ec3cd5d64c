/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;

/**
 * The first process of a mount, PID and UTS namespace. It reads its standard input, a pipe from
 * this JVM, until end of file. When the JVM ends for any reason, the pipe closes and the keeper
 * ends; the kernel then kills all processes of the namespace and removes its mounts. (The kernel's
 * parent-death signal is not suitable: it is bound to the thread that forked.)
 */
final class NamespaceKeeper {
  /** So that nothing that is installed during a build learns the names of the build host. */
  private static final String FORGET_NAMES =
      "hostname localhost && domainname '(none)' && exec \"$@\"";

  private static final String READY = "ready";
  private static final long END_TIMEOUT_SECONDS = 20;

  private final Process process;
  private final long pid;

  private NamespaceKeeper(Process process, long pid) {
    this.process = process;
    this.pid = pid;
  }

  static NamespaceKeeper start(Map<String, String> environment) throws BuildException {
    // cat echoes the greeting when the setup is complete. With SIGCHLD ignored, the kernel reaps
    // the orphans that the first process of a namespace inherits.
    ProcessBuilder builder =
        new ProcessBuilder(
                "setsid",
                "unshare",
                "--mount",
                "--propagation=private",
                "--pid",
                "--fork",
                "--kill-child=KILL",
                "--mount-proc",
                "--uts",
                "sh",
                "-c",
                FORGET_NAMES,
                "sh",
                "env",
                "--ignore-signal=CHLD",
                "cat")
            .directory(new File("/"))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      greet(process);
      String answer = output.readLine();
      if (!READY.equals(answer)) {
        String rest = output.lines().collect(Collectors.joining("; "));
        throw refused(answer == null ? rest : (answer + "; " + rest).replaceFirst("; $", ""));
      }
      // The keeper is the only child of unshare. It exists, since it has answered.
      ProcessHandle child =
          process
              .children()
              .findFirst()
              .orElseThrow(() -> refused("its first process cannot be seen in /proc"));
      return new NamespaceKeeper(process, child.pid());
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static void greet(Process process) {
    try {
      process.getOutputStream().write((READY + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has already ended; its output has the reason.
    }
  }

  private static BuildException refused(String reason) {
    return new BuildException(
        "This machine does not let the build have a mount, PID and UTS namespace of its own ("
            + reason
            + "). "
            + Privileges.WHAT_HELPS);
  }

  /** Its process id on the host; in the namespace it is 1. */
  long pid() {
    return pid;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Terminates it, and returns when all processes of the namespace have ended. */
  void end() {
    boolean interrupted = false;
    boolean ended = false;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly(); // terminates the keeper, too
    }
    while (!ended) {
      try {
        ended = process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          // A process is in an uninterruptible sleep, possibly because of a dead disk; it ends when
          // it wakes up.
          process.destroyForcibly();
          ended = true;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
