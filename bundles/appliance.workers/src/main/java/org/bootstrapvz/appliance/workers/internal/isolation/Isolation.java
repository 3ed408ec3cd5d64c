/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares builds that run in a user namespace of their own. Safe for use by several threads; there
 * is one for each appliance.
 */
public final class Isolation {
  private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);
  private static final Path LOCKS = Path.of("/run/bootstrap-vz-ids");

  /** The commands it uses, with their packages. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("bwrap", "bubblewrap"),
          List.of("nsenter", "util-linux"),
          List.of("setpriv", "util-linux"),
          List.of("prlimit", "util-linux"));

  private static final String WHOLE_RANGE = "0\\s+0\\s+4294967295";

  private final Path index;
  private final Optional<ControlGroups> groups;
  private final IdRanges ranges = new IdRanges(LOCKS, Path.of("/etc"));

  /** The entries of builds that are running. */
  private final Set<Path> running = ConcurrentHashMap.newKeySet();

  /**
   * @param state the state directory; {@code isolated} in it lists the directories of isolated
   *     builds, for the time after a crash
   */
  public Isolation(Path state) {
    index = state.resolve("isolated");
    groups = groups();
  }

  private static Optional<ControlGroups> groups() {
    try {
      return ControlGroups.ofThisProcess();
    } catch (IOException e) {
      LOG.warn("The memory of builds is not limited: their control groups cannot be created", e);
      return Optional.empty();
    }
  }

  /**
   * Settings for one build.
   *
   * @param ids the ids that builds may use; empty for the default
   * @param maxProcesses how many processes and threads a build may have
   * @param maxMemory the memory in bytes that a build may use; 0 for three quarters of that of the
   *     machine. It holds if control groups were delegated to this process
   * @param readable files and directories of the host that a build may read, too
   */
  public record Limits(String ids, int maxProcesses, long maxMemory, List<Path> readable) {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is invalid
     */
    public Limits {
      IdRanges.parse(ids);
      readable = List.copyOf(readable);
    }
  }

  /**
   * Returns whether this process can give ids to builds: only root outside of a user namespace can.
   */
  public static boolean isPossible() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.readString(self.resolve("uid_map")).strip().matches(WHOLE_RANGE)
        && Files.readAllLines(self.resolve("status")).stream()
            .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
  }

  /** What this machine lacks for it, with the remedy; empty if it lacks nothing. */
  public static Optional<String> lack() {
    List<String> path = List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"));
    for (List<String> each : COMMANDS) {
      String command = each.get(0);
      if (path.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, command)))) {
        return Optional.of(
            "The command "
                + command
                + ", which isolates builds, is not installed. Run: sudo apt install "
                + each.get(1));
      }
    }
    return Optional.empty();
  }

  /**
   * Prepares a build.
   *
   * @param workspace the directory for its artefacts, which is empty
   */
  public IsolatedRun open(Path workspace, Limits limits) throws IOException {
    Optional<String> lack = lack();
    if (lack.isPresent()) {
      throw new IOException(lack.get());
    }
    Path directory = workspace.resolve(IsolatedFiles.NAME);
    Path entry = Files.createTempFile(PrivateDirectory.create(index).path(), "", "");
    running.add(entry);
    try {
      Files.writeString(entry, directory.toString());
      return open(directory, workspace, limits, entry);
    } catch (IOException e) {
      forget(entry);
      throw e;
    }
  }

  /** Claims ids and creates the namespace and the files, or uses those that a crash left. */
  private IsolatedRun open(Path directory, Path workspace, Limits limits, Path entry)
      throws IOException {
    IdRange range = ranges.claim(IdRanges.parse(limits.ids()));
    try {
      UserNamespace namespace = UserNamespace.create(range, limits.maxProcesses());
      try {
        IsolatedFiles files = IsolatedFiles.in(directory, workspace, range);
        Optional<ControlGroup> group = group(range, limits);
        return new IsolatedRun(range, namespace, group, files, limits, gone -> ended(entry, gone));
      } catch (IOException e) {
        namespace.close();
        throw e;
      }
    } catch (IOException e) {
      range.close();
      throw e;
    }
  }

  /** The ids in its name are those of no other build, also of one that a crash left. */
  private Optional<ControlGroup> group(IdRange range, Limits limits) throws IOException {
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    long maxMemory = limits.maxMemory() > 0 ? limits.maxMemory() : memoryOfTheMachine() / 4 * 3;
    return Optional.of(groups.get().create("build-" + range, maxMemory, limits.maxProcesses()));
  }

  private static long memoryOfTheMachine() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc/meminfo has no line MemTotal");
  }

  private void ended(Path entry, boolean gone) {
    if (gone) {
      forget(entry);
    } else {
      running.remove(entry);
    }
  }

  private void forget(Path entry) {
    try {
      Files.deleteIfExists(entry);
    } catch (IOException e) {
      // The next start finds that the directory is gone, and deletes the entry.
    }
    running.remove(entry);
  }

  /**
   * Returns what builds left that ended with their appliance. Each must be closed, which deletes
   * its files.
   *
   * @throws IOException if the list cannot be read
   */
  public List<IsolatedRun> leftovers(Limits limits) throws IOException {
    List<IsolatedRun> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(PrivateDirectory.open(index).path())) {
      for (Path entry : entries) {
        if (running.add(entry)) {
          Path directory = Path.of(Files.readString(entry));
          if (Files.isDirectory(directory) && directory.endsWith(IsolatedFiles.NAME)) {
            Path workspace = Objects.requireNonNull(directory.getParent(), "It has a name");
            found.add(open(directory, workspace, limits, entry));
          } else {
            forget(entry);
          }
        }
      }
    } catch (NoSuchFileException e) {
      return List.of(); // No build was isolated yet.
    }
    return found;
  }
}
