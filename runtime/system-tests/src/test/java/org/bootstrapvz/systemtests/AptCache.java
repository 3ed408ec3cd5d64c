/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.testkit.StallDetector;

/**
 * A running apt-cacher-ng on a separate port. It is unpacked into a directory and not installed,
 * since the package would start a service.
 */
final class AptCache implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Process process;

  private AptCache(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Downloads, unpacks and starts it. */
  static AptCache start(Path folder) throws IOException, InterruptedException {
    Path packages = Files.createDirectories(folder.resolve("packages"));
    Files.createDirectories(packages.resolve("partial"));
    run(
        folder,
        List.of(
            "apt-get",
            "-qq",
            "-oDir::Cache::archives=" + packages,
            "-oAPT::Sandbox::User=root",
            "--no-install-recommends",
            "--download-only",
            "--reinstall",
            "--yes",
            "install",
            "apt-cacher-ng"));
    Path program = folder.resolve("program");
    for (Path each : files(packages, ".deb")) {
      run(folder, List.of("dpkg-deb", "--extract", each.toString(), program.toString()));
    }
    for (String name : List.of("cache", "log", "conf")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.writeString(folder.resolve("conf/acng.conf"), "");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            program.resolve("usr/sbin/apt-cacher-ng").toString(),
            "-c",
            folder.resolve("conf").toString(),
            "ForeGround=1",
            "BindAddress=127.0.0.1",
            "Port=" + port,
            "CacheDir=" + folder.resolve("cache"),
            "LogDir=" + folder.resolve("log"),
            "SupportDir=" + program.resolve("usr/lib/apt-cacher-ng"),
            "PidFile=" + folder.resolve("pid"));
    builder
        .environment()
        .put(
            "LD_LIBRARY_PATH",
            files(program, ".so", ".so.0", ".so.7").stream()
                .map(file -> file.getParent().toString())
                .distinct()
                .collect(Collectors.joining(":")));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    AptCache cache = new AptCache(folder, port, builder.start());
    try {
      cache.awaitAnswer();
    } catch (IOException e) {
      cache.close();
      throw e;
    }
    return cache;
  }

  /** It accepts only ports up to 32767; the system chooses higher ones. */
  private static int freePort() throws IOException {
    for (int port = 23142; port < 23242; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Another process uses it.
      }
    }
    throw new IOException("No port is free");
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    StallDetector.of(process.toHandle(), () -> 0)
        .until(() -> "apt-cacher-ng does not answer", () -> answers() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException("apt-cacher-ng ended: " + Files.readString(folder.resolve("output")));
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> files(Path folder, String... endings) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith)).toList();
    }
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
  }

  int port() {
    return port;
  }

  /** The names of the packages that were fetched through it. */
  List<String> fetched() throws IOException {
    return files(folder.resolve("cache"), ".deb").stream()
        .map(file -> file.getFileName().toString().replaceFirst("_.*", ""))
        .sorted()
        .toList();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
