/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsNamespaces
@FailOnStall
class NamespaceSandboxTest {
  private static final Map<String, String> HOST =
      Map.of("PATH", "/usr/bin:/bin", "HOME", "/h", "TMPDIR", "/t", "https_proxy", "p", "X", "y");

  private final RecordingObserver observer = new RecordingObserver();
  private Sandbox sandbox;

  @TempDir Path folder;

  @BeforeEach
  void open() throws BuildException {
    sandbox = new LinuxMachine(Path.of("/"), HOST).open(observer);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private CommandResult sh(String script) throws BuildException {
    return sandbox.run(Command.of("sh", "-c", script));
  }

  private long keeper() {
    return Long.parseLong(sandbox.outside(Path.of("/")).getName(1).toString());
  }

  /** Process ids as seen inside the sandbox. */
  private List<String> processes() throws IOException {
    try (Stream<Path> entries = Files.list(sandbox.outside(Path.of("/proc")))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .toList();
    }
  }

  @Test
  void standardOutputIsTheResultAndAllOutputIsObserved() throws BuildException {
    CommandResult result = sh("seq 1 5000; echo warning >&2");
    List<String> numbers = Stream.iterate(1, n -> n + 1).limit(5000).map(String::valueOf).toList();
    assertEquals(0, result.status());
    assertEquals(numbers, result.output());
    assertFalse(result.duration().isNegative() || result.duration().isZero());
    assertEquals("$ sh -c 'seq 1 5000; echo warning >&2'", observer.seen.get(0));
    assertTrue(observer.seen.remove("warning"));
    assertEquals(numbers, observer.seen.subList(1, observer.seen.size()));
  }

  @Test
  void aListenerConsumesLinesOfLogAndResult() throws BuildException {
    List<String> taken = new ArrayList<>();
    CommandResult result =
        sandbox.run(
            Command.of("sh", "-c", "printf 'a\\r50 %%\\r100 %%\\nb\\n'")
                .lines(line -> line.endsWith("%") && taken.add(line)));
    assertEquals(List.of("50 %", "100 %"), taken);
    assertEquals("a\nb", result.text());
    assertFalse(observer.seen.contains("50 %"));
  }

  @Test
  void aListenerThatFailsDoesNotHangTheCommand() {
    IllegalStateException failure = new IllegalStateException();
    Command command =
        Command.of("seq", "1", "100000")
            .lines(
                line -> {
                  throw failure;
                });
    assertSame(failure, assertThrows(RuntimeException.class, () -> sandbox.run(command)));
  }

  @Test
  void aFailureShowsTheEndOfTheOutput() {
    CommandException e = assertThrows(CommandException.class, () -> sh("seq 1 100; exit 3"));
    assertEquals(3, e.status());
    assertEquals(20, e.tail().size());
    assertEquals("100", e.tail().get(19));
    assertEquals("81", e.tail().get(0));
  }

  @Test
  void aFailureShowsStandardError() {
    CommandException e =
        assertThrows(CommandException.class, () -> sh("seq 1 10; echo broken >&2; exit 3"));
    assertTrue(e.tail().contains("broken"), e.getMessage());
    assertTrue(e.tail().contains("10"), e.getMessage());
  }

  @Test
  void aFloodOnStandardOutputDoesNotDisplaceTheErrorBeforeIt(@TempDir Path folder) {
    Path read = folder.resolve("read");
    Command command =
        Command.of(
                "sh",
                "-c",
                "echo broken >&2; until [ -e " + read + " ]; do :; done; seq 1 1000; exit 3")
            .lines(
                line -> {
                  if (line.equals("broken")) {
                    assertDoesNotThrow(() -> Files.createFile(read));
                  }
                  return false;
                });
    CommandException e = assertThrows(CommandException.class, () -> sandbox.run(command));
    assertEquals(List.of("broken", "…", "981"), e.tail().subList(0, 3), e.getMessage());
    assertEquals(22, e.tail().size(), e.getMessage());
  }

  @Test
  void aFloodOnStandardErrorDoesNotDisplaceTheEndOfStandardOutput() {
    CommandException e =
        assertThrows(
            CommandException.class, () -> sh("echo reached step 3; seq 1 1000 >&2; exit 3"));
    assertTrue(e.tail().contains("reached step 3"), e.getMessage());
    assertTrue(e.tail().contains("1000"), e.getMessage());
  }

  @Test
  void otherStatusesCanBeAccepted() throws BuildException {
    Command command = Command.of("sh", "-c", "exit 2").accepting(0, 2);
    assertEquals(2, sandbox.run(command).status());
  }

  @Test
  void aMissingCommandIsNamed() {
    CommandException e =
        assertThrows(
            CommandException.class, () -> sandbox.run(Command.of("no-such-command", "--help")));
    assertEquals(-1, e.status());
    assertEquals(
        List.of(
            "There is no command no-such-command in /usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"),
        e.tail());
  }

  @Test
  void aCommandThatEndsWith127IsNotReportedAsMissing() {
    CommandException e = assertThrows(CommandException.class, () -> sh("exit 127"));
    assertEquals(127, e.status());
  }

  @Test
  void aFileThatMayNotBeExecutedIsNamed() {
    CommandException e =
        assertThrows(CommandException.class, () -> sandbox.run(Command.of("/etc/passwd")));
    assertEquals(-1, e.status());
    assertEquals(List.of("/etc/passwd: Permission denied"), e.tail());
  }

  @Test
  void theEnvironmentIsClean() throws BuildException {
    Map<String, String> seen = new TreeMap<>();
    for (String line : sandbox.run(Command.of("env").env("MORE", "1")).output()) {
      seen.put(line.split("=", 2)[0], line.split("=", 2)[1]);
    }
    assertEquals(
        Map.of(
            "PATH",
            "/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
            "LANG",
            "C.UTF-8",
            "HOME",
            "/h",
            "https_proxy",
            "p",
            "MORE",
            "1"),
        seen);
  }

  @Test
  void theSandboxDoesNotKnowTheNamesOfTheHostAndCannotChangeThem() throws Exception {
    String before = Files.readString(Path.of("/proc/sys/kernel/hostname"));

    assertEquals(List.of("localhost", "(none)"), sh("hostname; domainname").output());
    sandbox.run(Command.of("hostname", "image"));

    assertEquals(List.of("image"), sh("hostname").output());
    assertEquals(before, Files.readString(Path.of("/proc/sys/kernel/hostname")));
  }

  @Test
  void commandsStartInTheRequestedDirectoryAndByDefaultInTheRoot()
      throws BuildException, IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertEquals("/", sandbox.run(Command.of("pwd")).text());
    assertEquals(real.toString(), sandbox.run(Command.of("/bin/pwd").in(link)).text());
  }

  @Test
  void withoutInputStandardInputIsEmpty() throws BuildException {
    assertEquals("", sandbox.run(Command.of("cat")).text());
  }

  @Test
  void inputLargerThanAPipeAndOutputBeforeItIsReadDoNotBlock() throws BuildException {
    String text = "0123456789\n".repeat(100_000);
    CommandResult result = sandbox.run(Command.of("sh", "-c", "seq 1 50000; wc -c").input(text));
    assertEquals(String.valueOf(text.length()), result.output().get(50_000).strip());
    assertEquals("ok", sandbox.run(Command.of("echo", "ok").input(text)).text());
  }

  @Test
  void aSecretIsInNoCommandLineAndNoLog() throws BuildException {
    String secret = "correct-horse-battery";
    // The command reads all command lines that exist while it has the secret.
    CommandResult result =
        sandbox.run(
            Command.of("sh", "-c", "read -r line; cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
                .input(Secret.of(secret)));
    assertTrue(result.text().contains("read -r line"));
    assertFalse(result.text().contains(secret));
    assertFalse(String.join("\n", observer.seen).contains(secret));
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      assertFalse(process.info().commandLine().orElse("").contains(secret));
    }
  }

  @Test
  void commandsRunInASeparateSession() throws BuildException {
    // Field 6 of stat is the session; 0 means that its leader is outside of the sandbox.
    String inside = sh("cut -d ' ' -f 6 /proc/self/stat").text();
    assertEquals("0", inside);
  }

  @Test
  void aDaemonThatKeepsTheOutputOpenDoesNotDelayTheResult() throws BuildException, IOException {
    CommandResult result = sh("setsid sleep 1000 & printf done");
    assertEquals("done", result.text());
    assertEquals(2, processes().size());
  }

  @Test
  void aDaemonThatContinuesPrintingDoesNotDelayTheResult() throws BuildException {
    CommandResult result = sh("echo first; setsid yes &");
    assertEquals("first", result.output().get(0));
  }

  @Test
  void orphansAreReaped() throws BuildException {
    String pid = sh("(sh -c 'exit 0' & echo $!)").text();
    String gone = "while kill -0 " + pid + " 2>/dev/null; do :; done";
    assertEquals(0, sandbox.run(Command.of("timeout", "5", "sh", "-c", gone)).status());
  }

  @Test
  void interruptingTerminatesTheCommandAndAllProcessesItStarted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    String script =
        "sh -c 'sleep 1000 & setsid sleep 1000 & echo up; wait' & (sleep 1000 &) ; wait";
    FutureTask<BuildException> run =
        new FutureTask<>(
            () ->
                assertThrows(
                    BuildException.class,
                    () ->
                        sandbox.run(
                            Command.of("sh", "-c", script)
                                .lines(
                                    line -> {
                                      started.countDown();
                                      return false;
                                    }))));
    Thread thread = new Thread(run);
    thread.start();
    started.await();
    thread.interrupt();
    assertEquals(BuildCancelledException.class, run.get().getClass());
    assertEquals(List.of("1"), processes());
  }

  @Test
  void anInterruptedThreadStartsNothing() {
    Thread.currentThread().interrupt();
    assertThrows(BuildCancelledException.class, () -> sh("true"));
    assertFalse(Thread.interrupted());
    assertEquals(List.of(), observer.seen);
  }

  @Test
  void severalThreadsMayRunCommands() throws Exception {
    List<FutureTask<String>> tasks =
        Stream.iterate(0, n -> n + 1)
            .limit(8)
            .map(n -> new FutureTask<>(() -> sh("seq 1 200 | tail -n 1; echo " + n).text()))
            .toList();
    tasks.forEach(task -> new Thread(task).start());
    for (int n = 0; n < tasks.size(); n++) {
      assertEquals("200\n" + n, tasks.get(n).get());
    }
  }

  @Test
  void mountsAreVisibleInTheSandboxAndFromJavaButNotOnTheHost() throws Exception {
    sandbox.run(Command.of("mount", "-t", "tmpfs", "tmpfs", folder.toString()));
    Files.writeString(sandbox.outside(folder).resolve("file"), "text");
    assertEquals("text", sandbox.run(Command.of("cat", folder + "/file")).text());
    assertFalse(Files.exists(folder.resolve("file")));
    assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(folder.toString()));
  }

  @Test
  void absoluteLinksOnTheWayToAPathStayInTheSandbox() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), mounted);
    sandbox.run(Command.of("mount", "-t", "tmpfs", "tmpfs", mounted.toString()));
    Files.writeString(sandbox.outside(link.resolve("file")), "text");
    assertEquals("text", sandbox.run(Command.of("cat", mounted + "/file")).text());
    assertFalse(Files.exists(mounted.resolve("file")));
  }

  @Test
  void closingEndsEveryProcess() throws Exception {
    sh("setsid sleep 1000 >/dev/null 2>&1 & sleep 1000 >/dev/null 2>&1 &");
    String namespace = Namespaces.of(keeper(), "pid");
    FutureTask<BuildException> running =
        new FutureTask<>(() -> assertThrows(BuildException.class, () -> sh("echo up; sleep 1000")));
    new Thread(running).start();
    sandbox.close();
    sandbox.close();
    running.get();
    assertEquals(List.of(), Namespaces.processesIn("pid", namespace));
    BuildException e = assertThrows(BuildException.class, () -> sh("true"));
    assertEquals(
        "The build's sandbox is closed; this cannot run in it: sh -c true", e.getMessage());
    assertThrows(IllegalStateException.class, () -> sandbox.outside(Path.of("/")));
  }

  @Test
  void theKeeperIsNotEndedBySignalsOfATerminal() throws Exception {
    sh("kill -INT 1; kill -TERM 1; kill -HUP 1");
    for (String signal : List.of("-INT", "-HUP", "-TERM")) {
      assertEquals(0, new ProcessBuilder("kill", signal, "" + keeper()).start().waitFor());
    }
    assertEquals("alive", sh("echo alive").text());
  }

  @Test
  void aKilledSandboxIsReported() throws Exception {
    ProcessHandle keeper = ProcessHandle.of(keeper()).orElseThrow();
    ProcessHandle parent = keeper.parent().orElseThrow();
    keeper.destroyForcibly();
    parent.onExit().get();
    BuildException e = assertThrows(BuildException.class, () -> sh("true"));
    assertTrue(e.getMessage().startsWith("The build's sandbox was ended"), e.getMessage());
  }
}
