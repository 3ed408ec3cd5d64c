/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Creates the control groups of isolated builds, below the group that systemd delegated to the
 * appliance ({@code Delegate=} in its unit). Only version 2 of control groups is used: see
 * cgroups(7) and the kernel's documentation. Safe for use by several threads.
 */
final class ControlGroups {
  /** Where the appliance itself is: a group with limits for its children has no processes. */
  private static final String OWN = "appliance";

  private static final List<String> CONTROLLERS = List.of("memory", "pids");

  /** systemd sets it to 1 on a group that it does not manage any further. */
  private static final String DELEGATED = "delegate";

  private static final String PROCESSES = "cgroup.procs";

  /** Threads of processes that are just being created are not in the list yet. */
  private static final int ATTEMPTS = 10;

  private final Path top;

  private ControlGroups(Path top) {
    this.top = top;
  }

  /**
   * Returns the groups below that of this process, which moves to a group of its own.
   *
   * @return empty if the machine has no control groups of version 2, or this one was not delegated
   *     with the controllers of memory and processes
   * @throws IOException if it was, but cannot be used
   */
  static Optional<ControlGroups> ofThisProcess() throws IOException {
    return below(Path.of("/"), ControlGroups::isDelegated);
  }

  /**
   * @param root the directory that contains {@code proc} and {@code sys}
   */
  static Optional<ControlGroups> below(Path root, Predicate<Path> isDelegated) throws IOException {
    Path mount = root.resolve("sys/fs/cgroup");
    Optional<String> name =
        Files.readAllLines(root.resolve("proc/self/cgroup")).stream()
            .filter(line -> line.startsWith("0::/"))
            .map(line -> line.substring("0::/".length()))
            .findFirst();
    // With both versions, the controllers belong to the other one.
    if (name.isEmpty() || !Files.isRegularFile(mount.resolve("cgroup.controllers"))) {
      return Optional.empty();
    }
    Path own = mount.resolve(name.get()).normalize();
    Path top = own.endsWith(OWN) ? own.resolveSibling("") : own;
    if (!top.startsWith(mount) || top.equals(mount) || !isDelegated.test(top)) {
      return Optional.empty();
    }
    Set<String> available =
        Set.of(Files.readString(top.resolve("cgroup.controllers")).strip().split(" "));
    if (!available.containsAll(CONTROLLERS)) {
      return Optional.empty();
    }
    moveProcesses(top, top.resolve(OWN));
    Files.writeString(top.resolve("cgroup.subtree_control"), "+" + String.join(" +", CONTROLLERS));
    return Optional.of(new ControlGroups(top));
  }

  private static boolean isDelegated(Path group) {
    try {
      UserDefinedFileAttributeView attributes =
          Files.getFileAttributeView(group, UserDefinedFileAttributeView.class);
      ByteBuffer value = ByteBuffer.allocate(attributes.size(DELEGATED));
      attributes.read(DELEGATED, value);
      return new String(value.array(), StandardCharsets.US_ASCII).equals("1");
    } catch (IOException e) {
      return false; // It has no such attribute.
    }
  }

  private static void moveProcesses(Path from, Path to) throws IOException {
    if (!Files.isDirectory(to)) {
      Files.createDirectory(to);
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<String> processes = Files.readAllLines(from.resolve(PROCESSES));
      if (processes.isEmpty()) {
        return;
      }
      for (String process : processes) {
        try {
          Files.writeString(to.resolve(PROCESSES), process);
        } catch (IOException e) {
          if (Files.exists(Path.of("/proc", process))) {
            throw e;
          }
        }
      }
    }
    throw new IOException("Processes of " + from + " cannot be moved to " + to);
  }

  /**
   * Creates a group, or sets the limits of the one that a crash left.
   *
   * @param maxMemory in bytes
   * @param maxProcesses how many processes and threads it may have
   */
  ControlGroup create(String name, long maxMemory, int maxProcesses) throws IOException {
    Path group = top.resolve(name);
    if (!Files.isDirectory(group)) {
      Files.createDirectory(group);
    }
    Files.writeString(group.resolve("memory.max"), Long.toString(maxMemory));
    // Otherwise the kernel would end one process, and the build would fail for an unclear reason.
    Files.writeString(group.resolve("memory.oom.group"), "1");
    if (Files.exists(group.resolve("memory.swap.max"))) {
      Files.writeString(group.resolve("memory.swap.max"), "0");
    }
    Files.writeString(group.resolve("pids.max"), Integer.toString(maxProcesses));
    return new ControlGroup(group, maxMemory);
  }
}
