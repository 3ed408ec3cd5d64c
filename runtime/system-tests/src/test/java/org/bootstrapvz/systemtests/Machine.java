package org.bootstrapvz.systemtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A booted image that one is logged in to over ssh. */
final class Machine implements AutoCloseable {
  private final Distribution.Running qemu;
  private final int port;

  private Machine(Distribution.Running qemu, int port) {
    this.qemu = qemu;
    this.port = port;
  }

  /** Boots an image with {@code bootstrap-vz boot} and waits for the login prompt on the serial console. */
  static Machine boot(Distribution distribution, Path image, String firmware)
      throws IOException, InterruptedException, TimeoutException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Distribution.Running qemu =
        distribution.start(
            "boot",
            image.toString(),
            "--firmware",
            firmware,
            "--until",
            "login",
            "--timeout",
            "240",
            "--ssh-port",
            Integer.toString(port),
            "--keep-running");
    qemu.await(line -> line.contains("login: "), 260);
    return new Machine(qemu, port);
  }

  /** Runs a shell line as root and gives its output; the machine may need a while until sshd answers. */
  String ssh(String line) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sshpass", "-e", "ssh",
                "-o", "StrictHostKeyChecking=no",
                "-o", "UserKnownHostsFile=/dev/null",
                "-o", "LogLevel=ERROR",
                "-o", "ConnectTimeout=60",
                "-o", "ConnectionAttempts=30",
                "-p", Integer.toString(port),
                "root@127.0.0.1",
                line));
    String output = "";
    for (int attempt = 0; attempt < 5; attempt++) {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("SSHPASS", "test");
      Process process = builder.start();
      output = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      } else if (process.exitValue() != 255) {
        return output.strip();
      }
    }
    throw new IOException("No login over ssh: " + output + "\n" + qemu.output());
  }

  /** What came over the serial console. */
  String console() {
    return qemu.output();
  }

  @Override
  public void close() throws IOException {
    try {
      qemu.signal("TERM");
      qemu.end(30);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IOException("QEMU does not end", e);
    } finally {
      qemu.close();
    }
  }
}
