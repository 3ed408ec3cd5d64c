/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxMachineTest {
  private static final String REAL_ROOT = "         0          0 4294967295\n";

  private final List<String> output = new ArrayList<>();

  @TempDir Path root;

  @BeforeEach
  void initialRootWithLoopDevices() throws IOException {
    file("dev/loop-control", "");
    process(0, REAL_ROOT);
  }

  private Path file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void process(int user, String map) throws IOException {
    file("proc/self/status", "Name:\tjava\nUid:\t%1$d\t%1$d\t%1$d\t%1$d\n".formatted(user));
    file("proc/self/uid_map", map);
  }

  private Path script(String path, String text) throws IOException {
    Path script = file(path, "#!/bin/sh\n" + text);
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  private LinuxMachine machine() {
    return new LinuxMachine(root, Map.of("PATH", root.resolve("bin") + ":/usr/bin:/bin"));
  }

  @Test
  void commandsAreLookedForInThePathAndTheSbinFolders() throws IOException {
    script("bin/here", "");
    file("bin/data", "");
    Files.createDirectory(root.resolve("bin/folder"));
    HostCommand data = new HostCommand("data", "a");
    HostCommand gone = new HostCommand("gone", "b");
    HostCommand folder = new HostCommand("folder", "c");
    List<HostCommand> all =
        List.of(
            data,
            new HostCommand("here", "d"),
            gone,
            new HostCommand("chroot", "coreutils"),
            folder,
            gone);
    assertEquals(List.of(data, gone, folder), machine().missing(all));
  }

  @Test
  void filesAreLookedForAtTheirPath() throws IOException {
    file("usr/share/firmware.fd", "");
    Files.createDirectories(root.resolve("usr/share/folder"));
    HostCommand folder = new HostCommand("/usr/share/folder", "a");
    HostCommand gone = new HostCommand("/usr/share/gone", "b");
    List<HostCommand> all =
        List.of(
            new HostCommand("/usr/share/firmware.fd", "c"),
            new HostCommand("/usr/share/gone|/usr/share/firmware.fd", "d"),
            folder,
            gone);
    assertEquals(List.of(folder, gone), machine().missing(all));
  }

  @ParameterizedTest
  @CsvSource({
    "debian, 12, qemu-system-misc",
    "debian, 13, qemu-system-riscv",
    "debian, '', qemu-system-riscv",
    "ubuntu, 24.04, qemu-system-misc"
  })
  void aMissingCommandHasThePackageOfTheReleaseOfTheMachine(
      String id, String version, String expected) throws IOException {
    file("etc/os-release", "ID=" + id + "\n" + (version.isEmpty() ? "" : "VERSION_ID=" + version));
    List<HostCommand> commands =
        List.of(
            new HostCommand("no-such-riscv64", "qemu-system-riscv"),
            new HostCommand("no-such-command", "gdisk"));
    assertEquals(
        List.of(
            new HostCommand("no-such-riscv64", expected),
            new HostCommand("no-such-command", "gdisk")),
        machine().missing(commands));
  }

  @Test
  void knownPackagesAreInstalledAtOnce() throws Exception {
    script("bin/apt-get", "[ $2 = --simulate ] || echo $DEBIAN_FRONTEND $*");
    machine().install(new TreeSet<>(List.of("gdisk", "dosfstools")), output::add);
    assertEquals(
        List.of("noninteractive install --yes --no-install-recommends dosfstools gdisk"), output);
  }

  @Test
  void unknownPackagesMakeAptUpdateItsListsFirst() throws Exception {
    script("bin/apt-get", "[ \"$2\" != --simulate ] || exit 100; echo $1");
    machine().install(new TreeSet<>(List.of("gdisk")), output::add);
    assertEquals(List.of("update", "install"), output);
  }

  @Test
  void aFailureOfAptIsShown() throws Exception {
    script("bin/apt-get", "[ $1 = update ] || { echo no space; exit 100; }");
    CommandException e =
        assertThrows(
            CommandException.class,
            () -> machine().install(new TreeSet<>(List.of("gdisk")), output::add));
    assertEquals(
        "The command ended with status 100: apt-get install --yes --no-install-recommends gdisk\n"
            + "  no space",
        e.getMessage());
  }

  @Test
  @FailOnStall
  void cancellingLetsAptFinishFirst() throws Exception {
    Path signal = root.resolve("signal");
    assertEquals(0, new ProcessBuilder("mkfifo", signal.toString()).start().waitFor());
    script(
        "bin/apt-get",
        "[ $2 != --simulate ] || exit 0; echo begun; read -r go < " + signal + "; echo finished");
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Boolean> install =
        new FutureTask<>(
            () -> {
              assertThrows(
                  BuildCancelledException.class,
                  () ->
                      machine()
                          .install(
                              new TreeSet<>(List.of("gdisk")),
                              line -> {
                                output.add(line);
                                begun.countDown();
                              }));
              return true;
            });
    Thread thread = new Thread(install);
    thread.start();
    begun.await();
    thread.interrupt();
    Files.writeString(signal, "go\n");
    assertTrue(install.get());
    assertEquals(List.of("begun", "finished"), output);
  }

  @Test
  void withoutPrivilegesTheMessageHasTheCommandToRun() throws Exception {
    process(0, "0 1000 1\n1 100000 65536\n");
    BuildException e =
        assertThrows(
            BuildException.class,
            () -> machine().install(new TreeSet<>(List.of("gdisk", "mtools")), output::add));
    assertEquals(
        "Only root may install packages. Run: sudo apt-get install --yes --no-install-recommends"
            + " gdisk mtools",
        e.getMessage());
  }

  @Test
  void anUnprivilegedUserGetsTheRemedy() throws Exception {
    process(1000, REAL_ROOT);
    BuildException e =
        assertThrows(BuildException.class, () -> machine().open(new RecordingObserver()));
    assertTrue(e.getMessage().contains("Run it as root; or as an ordinary user"), e.getMessage());
  }

  @Test
  void aMachineThatForbidsNamespacesIsReported() throws Exception {
    script("bin/unshare", "echo 'unshare: unshare failed: Operation not permitted' >&2; exit 1");
    BuildException e =
        assertThrows(BuildException.class, () -> machine().open(new RecordingObserver()));
    assertTrue(
        e.getMessage()
            .contains("of its own (unshare: unshare failed: Operation not permitted). Run it"),
        e.getMessage());
  }

  @Test
  void onlyTheRealRootWithLoopDevicesMountsFiles() throws IOException {
    assertTrue(machine().canMountFiles());
    process(0, "0 1000 1\n");
    assertFalse(machine().canMountFiles());
    process(1000, REAL_ROOT);
    assertFalse(machine().canMountFiles());
    process(0, REAL_ROOT);
    Files.delete(root.resolve("dev/loop-control"));
    assertFalse(machine().canMountFiles());
  }

  @Test
  void theArchitectureIsThatOfDpkg() throws IOException {
    script("bin/dpkg", "[ $1 = --print-architecture ] && echo armhf");
    assertEquals("armhf", machine().architecture());
  }

  @Test
  void oneOfSeveralAlternativesIsEnough() {
    HostCommand either = HostCommand.parse("no-such-command|sh (dash)");
    HostCommand neither = HostCommand.parse("no-such-command|nor-this (dash)");
    assertEquals(List.of(neither), machine().missing(List.of(either, neither)));
  }
}
