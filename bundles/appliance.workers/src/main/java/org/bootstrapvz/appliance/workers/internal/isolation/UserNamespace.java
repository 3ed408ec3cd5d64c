/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A user namespace with the ids of a range, held by a process without privileges. It belongs to the
 * first id of the range, so that the kernel counts its processes separately.
 */
final class UserNamespace implements AutoCloseable {
  private static final String READY = "ready";

  private final Process holder;

  private UserNamespace(Process holder) {
    this.holder = holder;
  }

  /**
   * Creates one.
   *
   * @param maxProcesses how many processes and threads may exist in it
   */
  static UserNamespace create(IdRange range, int maxProcesses) throws IOException {
    String first = Integer.toUnsignedString(range.first());
    // cat echoes the greeting when the namespace exists.
    ProcessBuilder builder =
        new ProcessBuilder(
                "setsid",
                "prlimit",
                "--nproc=" + maxProcesses,
                "setpriv",
                "--reuid=" + first,
                "--regid=" + first,
                "--clear-groups",
                "--no-new-privs",
                "unshare",
                "--user",
                "cat")
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true);
    Process process = builder.start();
    UserNamespace namespace = new UserNamespace(process);
    try {
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      process.getOutputStream().write((READY + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      String answer = output.readLine();
      if (!READY.equals(answer)) {
        throw new IOException(answer + output.lines().collect(Collectors.joining("; ", "; ", "")));
      }
      String map = "0 " + first + " " + IdRange.SIZE + "\n";
      // Each in one write: the kernel accepts no second one.
      Files.writeString(namespace.file("uid_map"), map);
      Files.writeString(namespace.file("gid_map"), map);
      return namespace;
    } catch (IOException e) {
      namespace.close();
      throw new IOException(
          "This machine does not let a build have a user namespace of its own ("
              + e.getMessage()
              + "). If that is intended, set isolation = ROOT in"
              + " org.bootstrapvz.appliance.queue.cfg",
          e);
    }
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(holder.pid()), name);
  }

  /** The file that represents it. */
  Path path() {
    return file("ns/user");
  }

  long holder() {
    return holder.pid();
  }

  /** The command line that runs a command as its root, with the files of the host. */
  List<String> enter(String... command) {
    List<String> all =
        new ArrayList<>(List.of("nsenter", "--user=" + path(), "--setuid=0", "--setgid=0", "--"));
    all.addAll(List.of(command));
    return all;
  }

  @Override
  public void close() {
    holder.destroyForcibly();
    boolean interrupted = false;
    while (holder.isAlive()) {
      try {
        holder.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
