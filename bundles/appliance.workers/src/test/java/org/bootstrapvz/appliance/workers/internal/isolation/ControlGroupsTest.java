/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With ordinary directories and files instead of those of the kernel. */
class ControlGroupsTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path root;
  private Path mount;
  private Path service;

  @BeforeEach
  void aServiceWithADelegatedGroup() throws IOException {
    mount = root.resolve("sys/fs/cgroup");
    service = mount.resolve("system.slice/bootstrap-vz.service");
    write(root.resolve("proc/self/cgroup"), "0::/system.slice/bootstrap-vz.service\n");
    write(mount.resolve("cgroup.controllers"), "cpu memory pids\n");
    write(service.resolve("cgroup.controllers"), "memory pids\n");
    write(service.resolve("cgroup.procs"), "");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Optional<ControlGroups> groups() throws IOException {
    return ControlGroups.below(root, service::equals);
  }

  @Test
  void theApplianceMovesToAGroupOfItsOwnSinceTheLimitsAreThoseOfGroupsWithoutProcesses()
      throws IOException {
    Path own = service.resolve("appliance/cgroup.procs");
    Files.createDirectories(own.getParent());
    // The kernel would remove it from the list.
    write(service.resolve("cgroup.procs"), "1\n");
    assertThrows(IOException.class, this::groups);
    assertEquals("1", Files.readString(own));
    assertFalse(Files.exists(service.resolve("cgroup.subtree_control")));

    write(service.resolve("cgroup.procs"), "");
    assertTrue(groups().isPresent());
    assertEquals("+memory +pids", Files.readString(service.resolve("cgroup.subtree_control")));
  }

  @Test
  void anApplianceThatHasMovedAlreadyUsesTheSameGroups() throws IOException {
    write(root.resolve("proc/self/cgroup"), "0::/system.slice/bootstrap-vz.service/appliance\n");
    groups().orElseThrow().create("build-1", MEBIBYTE, 300);
    assertTrue(Files.isDirectory(service.resolve("build-1")));
  }

  @Test
  void withoutDelegationOrControllersThereAreNoGroups() throws IOException {
    assertEquals(Optional.empty(), ControlGroups.below(root, group -> false));

    write(service.resolve("cgroup.controllers"), "memory\n");
    assertEquals(Optional.empty(), groups());

    write(root.resolve("proc/self/cgroup"), "0::/\n");
    assertEquals(Optional.empty(), ControlGroups.below(root, group -> true));

    write(root.resolve("proc/self/cgroup"), "4:memory:/job\n1:name=systemd:/job\n");
    assertEquals(Optional.empty(), ControlGroups.below(root, group -> true));
  }

  @Test
  void theGroupOfABuildHasItsLimitsAndEndsAsAWhole() throws IOException {
    write(service.resolve("build-1/memory.swap.max"), "max");
    ControlGroup group = groups().orElseThrow().create("build-1", 3 * MEBIBYTE, 300);

    assertEquals("3145728", Files.readString(group.directory().resolve("memory.max")));
    assertEquals("1", Files.readString(group.directory().resolve("memory.oom.group")));
    assertEquals("0", Files.readString(group.directory().resolve("memory.swap.max")));
    assertEquals("300", Files.readString(group.directory().resolve("pids.max")));

    group.kill(); // An old kernel
    write(group.directory().resolve("cgroup.kill"), "");
    group.kill();
    assertEquals("1", Files.readString(group.directory().resolve("cgroup.kill")));
  }

  @Test
  void aBuildThatUsedTooMuchMemoryIsTheOneWhoseProcessesTheKernelKilled() throws IOException {
    ControlGroup group = groups().orElseThrow().create("build-1", 3 * MEBIBYTE, 300);
    assertEquals(Optional.empty(), group.excess());
    write(group.directory().resolve("memory.events"), "oom 2\noom_kill 0\n");
    assertEquals(Optional.empty(), group.excess());
    write(group.directory().resolve("memory.events"), "oom 2\noom_kill 12\n");
    assertEquals(
        "The build was ended since it used more than 3MiB of memory, including the files that it"
            + " keeps there. maxMemory in org.bootstrapvz.appliance.queue.cfg sets the limit",
        group.excess().orElseThrow());
  }

  @Test
  void aCommandEntersItsGroupBeforeItStarts() throws Exception {
    ControlGroup group = groups().orElseThrow().create("build-1", MEBIBYTE, 300);
    List<String> command = new ArrayList<>(group.enter());
    command.addAll(List.of("sh", "-c", "echo $$ \"$1\"", "sh", "two words"));
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes()).strip();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    String entered = Files.readString(group.directory().resolve("cgroup.procs")).strip();
    assertEquals(entered + " two words", output);
  }

  @Test
  void anEmptyGroupIsDeleted() throws IOException {
    ControlGroup group = groups().orElseThrow().create("build-1", MEBIBYTE, 300);
    assertThrows(DirectoryNotEmptyException.class, group::close);
    for (String file : List.of("memory.max", "memory.oom.group", "memory.swap.max", "pids.max")) {
      Files.deleteIfExists(group.directory().resolve(file));
    }
    group.close();
    assertFalse(Files.exists(group.directory()));
  }
}
