/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsNamespaces
@FailOnStall
class SandboxOfAnotherJvmTest {
  private final Map<String, String> reported = new TreeMap<>();
  private Process jvm;

  @TempDir Path folder;

  private void start(String... wrapper) throws IOException {
    List<String> command = new ArrayList<>(List.of(wrapper));
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-classpath",
            System.getProperty("java.class.path"),
            SandboxHolder.class.getName(),
            folder.toString()));
    jvm = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = jvm.inputReader();
    for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
      assertTrue(line != null, "the JVM ended: " + reported);
      int value = line.lastIndexOf(' ', line.startsWith("file") ? 4 : line.length());
      reported.put(line.substring(0, value), line.substring(value + 1));
    }
  }

  @AfterEach
  void stop() {
    jvm.destroyForcibly();
  }

  private void assertNothingIsLeftAfter(Runnable end) throws Exception {
    long keeper = Long.parseLong(reported.get("keeper"));
    String processes = Namespaces.of(keeper, "pid");
    String mounts = Namespaces.of(keeper, "mnt");
    List<Long> all = new ArrayList<>(Namespaces.processesIn("pid", processes));
    assertEquals(3, all.size(), "keeper, daemon, running command");
    jvm.descendants().forEach(process -> all.add(process.pid()));

    end.run();

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (long pid : all) {
      while (!ProcessTree.hasEnded(pid)) {
        assertTrue(System.nanoTime() < deadline, "process " + pid + " is still there");
        Thread.onSpinWait();
      }
    }
    assertEquals(List.of(), Namespaces.processesIn("pid", processes));
    assertEquals(List.of(), Namespaces.processesIn("mnt", mounts));
    assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(folder.toString()));
    assertFalse(Files.exists(folder.resolve("etc")));
  }

  @Test
  void killingTheJvmLeavesNoProcessAndNoMount() throws Exception {
    start();
    assertNothingIsLeftAfter(jvm::destroyForcibly);
  }

  @Test
  void anOrderlyEndLeavesNothing() throws Exception {
    start();
    assertNothingIsLeftAfter(
        () -> {
          try {
            jvm.getOutputStream().close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertEquals(0, jvm.waitFor());
  }

  @Test
  void commandsOfTheImageRunWithTheStandardUmask() throws Exception {
    start("sh", "-c", "umask 077; exec \"$@\"", "sh");
    assertEquals("0077", reported.get("umask"));
    assertEquals("0022", reported.get("standard"));
  }

  @Test
  void rootOfAUserNamespaceBuildsInTheSameWay() throws Exception {
    start("unshare", "--user", "--map-root-user", "--kill-child", "--fork");
    assertEquals("4711 0", reported.get("file"));
    assertEquals("false", reported.get("on host"));
    assertEquals("false", reported.get("mounts files"));
    assertNothingIsLeftAfter(jvm::destroyForcibly);
  }
}
