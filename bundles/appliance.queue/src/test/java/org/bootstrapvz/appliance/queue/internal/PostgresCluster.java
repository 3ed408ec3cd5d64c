/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own, from Debian's package postgresql, on a free port of the
 * loopback interface.
 */
final class PostgresCluster {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String USER = "bootstrapvz";

  private final Path programs;
  private final Path folder;
  private final int port;
  private final Process end;
  private int databases;

  PostgresCluster() throws IOException, InterruptedException {
    Optional<Path> found = programs();
    assumeTrue(found.isPresent(), "PostgreSQL is not installed: apt-get install postgresql");
    programs = found.get();
    folder = Files.createTempDirectory("bvz-postgres");
    if (isRoot()) {
      // The server refuses to run as root.
      run(List.of("chown", "postgres", folder.toString()));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    asServer(
        "initdb",
        "--pgdata",
        data(),
        "--auth",
        "trust",
        "--username",
        USER,
        "--no-sync",
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8");
    end = end();
    start();
  }

  /**
   * Waits for the end of this JVM, however it comes, then stops the server and removes the folder.
   * The server has a session of its own and would outlive a test that is killed.
   */
  private Process end() throws IOException {
    return new ProcessBuilder(
            asServerDo(
                "setsid",
                "sh",
                "-c",
                "cat; \"$0\" --pgdata \"$1/data\" --mode immediate stop; rm -r \"$1\"",
                programs.resolve("pg_ctl").toString(),
                folder.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  void start() throws IOException, InterruptedException {
    asServer(
        "pg_ctl",
        "--pgdata",
        data(),
        "--wait",
        "--silent",
        "--log",
        folder.resolve("log").toString(),
        "--options",
        "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder,
        "start");
  }

  /** Makes an empty database, which counts from now on. */
  void useNewDatabase() throws IOException, InterruptedException {
    databases++;
    asServer(
        "createdb",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--username",
        USER,
        "test" + databases);
  }

  /** Ends the server as a power cut does. */
  void crash() throws IOException, InterruptedException {
    asServer("pg_ctl", "--pgdata", data(), "--wait", "--silent", "--mode", "immediate", "stop");
  }

  int port() {
    return port;
  }

  String url() {
    return url(port);
  }

  /** The database behind another port. */
  String url(int other) {
    return "jdbc:postgresql://127.0.0.1:" + other + "/test" + databases;
  }

  String user() {
    return USER;
  }

  /** Settings of an appliance that uses this database. */
  TestSettings settings(String name) {
    // On a busy machine a lease must not end while its appliance waits for a processor.
    return new TestSettings()
        .with("name", name)
        .with("url", url())
        .with("user", USER)
        .with("heartbeatInterval", "2s");
  }

  private void asServer(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
    command.addAll(List.of(arguments));
    run(asServerDo(command.toArray(String[]::new)));
  }

  private static List<String> asServerDo(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("bvz-postgres", ".out");
    try {
      // Not a pipe: the server would inherit it and never end it.
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int status = process.waitFor();
      assertEquals(
          0,
          status,
          () -> {
            try {
              return command + ": " + Files.readString(output, StandardCharsets.UTF_8);
            } catch (IOException e) {
              return command + ": " + e;
            }
          });
    } finally {
      Files.delete(output);
    }
  }

  void close() throws IOException, InterruptedException {
    end.getOutputStream().close();
    end.waitFor();
    assertFalse(Files.exists(folder), folder + " is removed");
  }
}
