/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.bootstrapvz.testkit.StallDetector;

/**
 * The distribution from a user's perspective: a command that is run in a directory. Each test has
 * its own directory and state.
 */
final class Distribution {
  static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  private final Path home = Path.of(System.getProperty("bootstrapvz.distribution")).normalize();
  private final Path folder;

  Distribution(String name) throws IOException {
    folder = Path.of(System.getProperty("bootstrapvz.work"), name);
    Files.createDirectories(folder);
  }

  /** The directory in which its commands run. */
  Path folder() {
    return folder;
  }

  static Path example(String name) {
    return REPOSITORY.resolve("manifests/examples/kvm/" + name + ".yml");
  }

  /** Writes a manifest into the directory. */
  Path manifest(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file;
  }

  /** A finished command. */
  record Outcome(int status, String output) {}

  /** Runs the command and waits until it ends. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    try (Running running = start(arguments)) {
      return running.end();
    }
  }

  /** Starts the command. */
  Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/bootstrap-vz").toString());
    command.addAll(List.of(arguments));
    return start(command);
  }

  Running start(List<String> command) throws IOException {
    return start(command, Map.of());
  }

  Running start(List<String> command, Map<String, String> environment) throws IOException {
    // Processes in the background of a shell ignore Ctrl+C, and so would all processes that they
    // start.
    List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=INT"));
    heeding.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(heeding);
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("BOOTSTRAP_VZ_STATE", folder.resolve("state").toString());
    builder.redirectErrorStream(true);
    Path file = Files.createTempFile("output", "");
    builder.redirectOutput(file.toFile());
    try {
      InputStream output = Files.newInputStream(file);
      return new Running(builder.start(), output);
    } finally {
      Files.delete(file);
    }
  }

  Path command() {
    return home.resolve("bin/bootstrap-vz");
  }

  /** Whether a build in this directory has left anything: a process, a mount, a loop device. */
  List<String> leftovers() throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    String mine = folder.toString();
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      if (line.contains(mine)) {
        found.add("mount: " + line);
      }
    }
    Process losetup = new ProcessBuilder("losetup", "--all").redirectErrorStream(true).start();
    for (String line : new String(losetup.getInputStream().readAllBytes()).lines().toList()) {
      if (line.contains(mine)) {
        found.add("loop device: " + line);
      }
    }
    losetup.waitFor();
    ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .forEach(
            process -> {
              try {
                String commandLine =
                    Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        .replace('\0', ' ');
                if (commandLine.contains(mine + "/images")
                    || commandLine.contains(mine + "/state/appliance/builds")) {
                  found.add("process: " + process.pid() + " " + commandLine);
                }
              } catch (IOException | UncheckedIOException e) {
                // It ended in the meantime.
              }
            });
    return found;
  }

  /**
   * Waits until nothing of a build is left: the kernel ends the processes of a sandbox some time
   * after its keeper was killed.
   */
  void awaitNoLeftovers(String when) throws IOException, InterruptedException {
    Set<String> left = new TreeSet<>();
    StallDetector.ofThisProcess()
        .until(
            () -> when + ": still there: " + left,
            () -> {
              left.clear();
              left.addAll(leftovers());
              return left.isEmpty();
            });
  }

  /** The directories of builds, finished or not, in the workspace. */
  List<Path> workspaces() throws IOException {
    Path images = folder.resolve("images");
    if (!Files.isDirectory(images)) {
      return List.of();
    }
    try (var entries = Files.list(images)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  /**
   * A running command; its output is collected, through a file without a name. A process in the
   * background may keep it open without delaying the end.
   */
  static final class Running implements AutoCloseable {
    private static final String END = "(end of output)";

    /** A build for an emulated architecture prints nothing for a long time. */
    private static final Duration STALL = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(10);
    private static final int BUFFER = 1 << 16;

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;
    private final Object seen = new Object();

    Running(Process process, InputStream output) {
      this.process = process;
      reader = new Thread(() -> read(output), "output of " + process.pid());
      reader.setDaemon(true);
      reader.start();
    }

    private void read(InputStream output) {
      try (output) {
        Lines read = new Lines(this::add);
        boolean ended;
        do {
          ended = !process.isAlive(); // then all its output is in the file
          for (byte[] part = output.readNBytes(BUFFER); part.length > 0; ) {
            read.add(part);
            part = output.readNBytes(BUFFER);
          }
          LockSupport.parkNanos(POLL.toNanos());
        } while (!ended);
        read.end();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        add(END);
      }
    }

    private void add(String line) {
      synchronized (seen) {
        lines.add(line);
        seen.notifyAll();
      }
    }

    long pid() {
      return process.pid();
    }

    /** Fails if neither the output grows nor the command with its children uses the CPU. */
    StallDetector stallDetector() {
      return StallDetector.of(process.toHandle(), this::printed).withLimit(STALL);
    }

    private long printed() {
      synchronized (seen) {
        return lines.size();
      }
    }

    /** Waits until a line was printed. */
    void await(Predicate<String> wanted) throws InterruptedException {
      stallDetector()
          .await(() -> "The line did not come. Output:\n" + output(), time -> came(wanted, time));
    }

    private boolean came(Predicate<String> wanted, Duration time) throws InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      synchronized (seen) {
        while (lines.stream().noneMatch(wanted)) {
          if (lines.contains(END)) {
            throw new AssertionError("It ended before the line came. Output:\n" + output());
          }
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (left <= 0) {
            return false;
          }
          seen.wait(left);
        }
        return true;
      }
    }

    /** Waits for the end. */
    Outcome end() throws InterruptedException {
      stallDetector().end(() -> "The command does not end. Output:\n" + output(), process);
      reader.join();
      return new Outcome(process.exitValue(), output());
    }

    /** Returns whether it ends by itself within a time. */
    boolean endsWithin(long millis) throws InterruptedException {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    String output() {
      synchronized (seen) {
        return String.join("\n", lines).replace("\n" + END, "");
      }
    }

    /** Does nothing if it has ended: another process may have its id. */
    void signal(String name) throws IOException, InterruptedException {
      if (!process.isAlive()) {
        return;
      }
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
