/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A signed repository of tiny packages on 127.0.0.1, which answers only requests with a name and
 * password. Its directories are archives of the suites trixie and trixie-updates.
 */
final class SignedRepository implements AutoCloseable {
  static final String USER = "joe";

  /** With characters that are encoded in an address. */
  static final String PASSWORD = "Can@ry:77%/x";

  static final String ENCODED = "Can%40ry%3A77%25%2Fx";

  private static final Duration DAY = Duration.ofDays(1);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Path files;
  private final Path keys;
  private final HttpServer server;
  private final String architecture;
  private final List<String> served = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

  /** Generates two keys and starts the server; archives are added later. */
  SignedRepository(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    files = Files.createDirectories(folder.resolve("files"));
    // The socket of the agent has a short path.
    keys = Files.createTempDirectory("keys");
    architecture = run("dpkg", "--print-architecture").strip();
    for (String name : List.of("ours", "other")) {
      gpg("--quick-generate-key", name + "@example.org", "ed25519", "sign", "never");
      gpg("--armor", "--output", key(name).toString(), "--export", name + "@example.org");
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
    return output;
  }

  private void gpg(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gpg", "--homedir", keys.toString()));
    command.addAll(List.of("--batch", "--quiet", "--passphrase", ""));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Path file = files.resolve(path.substring(1)).normalize();
      String wanted =
          "Basic "
              + Base64.getEncoder()
                  .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
      if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        refused.add(path);
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (!file.startsWith(files) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        served.add(path);
        byte[] content = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
      }
    }
  }

  /** What an archive is signed with, and how long it is valid from now on. */
  record Archive(String signer, Duration valid) {
    static Archive signed() {
      return new Archive("ours", DAY);
    }

    static Archive unsigned() {
      return new Archive("", DAY);
    }

    static Archive expired() {
      return new Archive("ours", DAY.negated());
    }
  }

  /**
   * Adds an archive of the packages tool, which is essential, and apt.
   *
   * @param version that of the packages
   */
  void add(String directory, String version, Archive archive)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    add(directory, version, archive, List.of("tool", "apt"));
  }

  /** Adds an archive of these packages, or another version of them to an archive. */
  void add(String directory, String version, Archive archive, List<String> names)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    Path root = Files.createDirectories(files.resolve(directory));
    Path pool = Files.createDirectories(root.resolve("pool"));
    for (String name : names) {
      Path content = folder.resolve("package");
      run("rm", "--recursive", "--force", content.toString());
      Files.createDirectories(content.resolve("DEBIAN"));
      Files.createDirectories(content.resolve("usr/share/" + name));
      Files.writeString(
          content.resolve("DEBIAN/control"),
          """
          Package: %s
          Version: %s
          Architecture: all
          Maintainer: Test <test@example.org>
          Description: package of a test
          """
                  .formatted(name, version)
              + (name.equals("tool") ? "Essential: yes\n" : ""));
      run("dpkg-deb", "--root-owner-group", "--build", content.toString(), pool.toString());
    }
    Process scan =
        new ProcessBuilder("dpkg-scanpackages", "--multiversion", "pool")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] packages = scan.getInputStream().readAllBytes();
    if (scan.waitFor() != 0 || packages.length == 0) {
      throw new IOException("dpkg-scanpackages failed");
    }
    for (String suite : List.of("trixie", "trixie-updates")) {
      suite(root.resolve("dists").resolve(suite), suite, packages, archive);
    }
  }

  private void suite(Path folder, String suite, byte[] packages, Archive archive)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    String index = "main/binary-" + architecture + "/Packages";
    Files.createDirectories(folder.resolve(index).getParent());
    Files.write(folder.resolve(index), packages);
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(packages);
    Instant now = Instant.now();
    Path release = folder.resolve("Release");
    Files.writeString(
        release,
        """
        Origin: Test
        Suite: %s
        Codename: %s
        Date: %s
        Valid-Until: %s
        Architectures: %s
        Components: main
        SHA256:
         %s %d %s
        """
            .formatted(
                suite,
                suite,
                DATE.format(now.minus(DAY.multipliedBy(2))),
                DATE.format(now.plus(archive.valid)),
                architecture,
                HexFormat.of().formatHex(sum),
                packages.length,
                index));
    Files.deleteIfExists(folder.resolve("InRelease"));
    if (!archive.signer.isEmpty()) {
      gpg(
          "--local-user",
          archive.signer + "@example.org",
          "--output",
          folder.resolve("InRelease").toString(),
          "--clearsign",
          release.toString());
    }
  }

  /** The file of a key: ours, which signs, or other. */
  Path key(String name) {
    return folder.resolve(name + ".asc");
  }

  String architecture() {
    return architecture;
  }

  /** An address without name and password. */
  String plainAddress(String directory) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + directory;
  }

  /** An address with name and password. */
  String address(String directory) {
    return plainAddress(directory).replace("//", "//" + USER + ":" + ENCODED + "@");
  }

  /** Every form in which a text could contain the password. */
  static List<String> secrets() {
    byte[] pair = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return List.of(
        PASSWORD, ENCODED, "Can%40ry", "Can@ry", Base64.getEncoder().encodeToString(pair));
  }

  /** The paths that were requested with the password. */
  List<String> served() {
    return List.copyOf(served);
  }

  /** The paths that were requested without it. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    try {
      run("gpgconf", "--homedir", keys.toString(), "--kill", "all");
      run("rm", "--recursive", "--force", keys.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
