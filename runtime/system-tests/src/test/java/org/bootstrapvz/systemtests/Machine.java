/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.testkit.StallDetector;

/** A booted image with a login over SSH. */
final class Machine implements AutoCloseable {
  /** In seconds; normally the test detects a machine that hangs. */
  private static final String NO_LIMIT = "86400";

  /** The CPU usage of an idle emulated machine. */
  private static final double IDLE_SHARE = 0.1;

  /** A record separator: no command prints one. */
  private static final int END_OF_OUTPUT = 036;

  private final Distribution.Running qemu;
  private final int port;
  private final Path control;

  /** The shell in the machine; null until the first line is run. */
  private Process shell;

  private Machine(Distribution.Running qemu, int port, Path control) {
    this.qemu = qemu;
    this.port = port;
    this.control = control;
  }

  /**
   * Boots an image with {@code bootstrap-vz boot} and waits for the login prompt on the serial
   * console.
   *
   * @param more options of that command
   */
  static Machine boot(Distribution distribution, Path image, String firmware, String... more)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command =
        new ArrayList<>(List.of("boot", image.toString(), "--firmware", firmware));
    command.addAll(List.of("--until", "login", "--timeout", NO_LIMIT, "--keep-running"));
    command.addAll(List.of("--ssh-port", Integer.toString(port)));
    command.addAll(List.of(more));
    return await(distribution.start(command.toArray(String[]::new)), "seen after ", port);
  }

  /**
   * Boots a copy-on-write view of a qcow2 with a second disk, for which {@code boot} has no option.
   */
  static Machine boot(Distribution distribution, Path image, Path seed)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of("qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-m", "1024"));
    command.addAll(List.of("-icount", "shift=3"));
    command.addAll(List.of("-display", "none", "-no-reboot", "-snapshot", "-serial", "stdio"));
    command.addAll(List.of("-drive", "if=virtio,format=qcow2,file=" + image));
    command.addAll(List.of("-drive", "if=virtio,format=raw,file=" + seed));
    command.addAll(List.of("-netdev", "user,id=net0,hostfwd=tcp:127.0.0.1:" + port + "-:22"));
    command.addAll(List.of("-device", "virtio-net-pci,netdev=net0"));
    // The prompt is not a complete line, and systemd prints nothing more once there is a prompt.
    return await(distribution.start(command), "Queued start job for default target", port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Machine await(Distribution.Running qemu, String sign, int port)
      throws IOException, InterruptedException {
    try {
      qemu.await(line -> line.contains(sign));
      // Not in the directory of the test: the path of a socket is limited to 108 characters.
      Path control = Files.createTempDirectory("bvz-ssh").resolve("control");
      Machine machine = new Machine(qemu, port, control);
      machine.logIn();
      return machine;
    } catch (IOException | InterruptedException | AssertionError e) {
      qemu.close();
      throw e;
    }
  }

  /**
   * The login prompt may appear before sshd starts, and QEMU accepts connections for a port that is
   * not open yet, and closes them.
   */
  private void awaitSshd() throws InterruptedException {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Thread asking = new Thread(() -> askSshd(answer), "sshd at port " + port);
    asking.setDaemon(true);
    asking.start();
    try {
      stallDetector().get(() -> "sshd does not answer\n" + qemu.output(), answer);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      answer.cancel(false);
    }
  }

  private StallDetector stallDetector() {
    return qemu.stallDetector().withIdleShare(IDLE_SHARE).withLimit(Duration.ofMinutes(5));
  }

  private void askSshd(CompletableFuture<Void> answer) {
    while (!answer.isDone()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(30_000);
        if (socket.getInputStream().read() == 'S') { // of "SSH-2.0-…"
          answer.complete(null);
        }
      } catch (IOException e) {
        // not yet
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  /** Logs in once: on an emulated processor this takes seconds. */
  private void logIn() throws IOException, InterruptedException {
    awaitSshd();
    Login login = new Login();
    try {
      stallDetector().await(() -> "No login over ssh\n" + qemu.output(), login::within);
    } finally {
      login.stop();
    }
  }

  /** Attempts to log in. sshd gives each of them only some time, too little on a slow machine. */
  private final class Login {
    private static final int WRONG_PASSWORD = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Optional<Process> attempt = Optional.empty();

    /** Tries for this time; an attempt that is not over by then goes on with the next call. */
    boolean within(Duration time) throws IOException, InterruptedException {
      for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
        if (attempt.isEmpty()) {
          attempt = Optional.of(start());
        }
        Process process = attempt.get();
        if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
        attempt = Optional.empty();
        if (process.exitValue() == 0) {
          return true;
        }
        if (process.exitValue() == WRONG_PASSWORD) {
          throw new IOException("sshd refuses the password\n" + qemu.output());
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      return false;
    }

    void stop() {
      attempt.ifPresent(Process::destroyForcibly);
    }

    private Process start() throws IOException {
      // The terminal of sshpass is closed with it; a process that does not ignore SIGHUP would end.
      List<String> command = new ArrayList<>(List.of("sshpass", "-e", "nohup"));
      command.addAll(client("-M", "-N", "-f"));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("SSHPASS", "test");
      // The connection continues in the background and keeps its streams open.
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      return builder.start();
    }
  }

  private List<String> client(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ssh",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "ControlPath=" + control,
                "-p",
                Integer.toString(port)));
    command.addAll(List.of(more));
    command.add("root@127.0.0.1");
    return command;
  }

  /**
   * Runs a shell line as root and returns its output. All lines go to one shell, each in a subshell
   * of its own: on an emulated processor it takes a second to open a session and to start a shell.
   */
  String ssh(String line) throws IOException {
    if (shell == null) {
      List<String> command = client();
      command.add("bash");
      shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    }
    String script = "(" + line + "\n) 2>&1 < /dev/null; printf '\\036'\n";
    shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().flush();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    InputStream in = shell.getInputStream();
    for (int letter = in.read(); letter != END_OF_OUTPUT; letter = in.read()) {
      if (letter < 0) {
        throw new IOException("The connection broke off: " + output + "\n" + qemu.output());
      }
      output.write(letter);
    }
    return output.toString(StandardCharsets.UTF_8).strip();
  }

  /** Opens a new connection as a user with a key, runs a shell line, and returns its output. */
  String ssh(String user, Path key, String line) throws IOException, InterruptedException {
    List<String> command = client("-o", "BatchMode=yes");
    command.addAll(1, List.of("-o", "ControlPath=none", "-i", key.toString(), "-l", user));
    command.set(command.size() - 1, "127.0.0.1");
    command.add(line);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output.strip();
  }

  /** Powers the machine off and waits until QEMU has ended. */
  void shutDown() throws IOException, InterruptedException {
    shell.getOutputStream().write("systemctl poweroff\n".getBytes(StandardCharsets.UTF_8));
    shell.getOutputStream().flush();
    qemu.end();
  }

  /** The output of the serial console. */
  String console() {
    return qemu.output();
  }

  /** The time from its start to the login prompt. */
  String secondsToLogin() {
    Matcher time = Pattern.compile("seen after ([0-9.]+) s").matcher(qemu.output());
    if (!time.find()) {
      throw new IllegalStateException("The time is not in the output:\n" + qemu.output());
    }
    return time.group(1);
  }

  @Override
  public void close() throws IOException {
    try {
      if (shell != null) {
        shell.destroy();
      }
      List<String> exit = client("-O", "exit");
      new ProcessBuilder(exit)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      Files.deleteIfExists(control);
      Files.deleteIfExists(control.getParent());
      qemu.signal("TERM");
      qemu.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      qemu.close();
    }
  }
}
