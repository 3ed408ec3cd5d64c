/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The example of a container image, built once for all suites that use it, and pushed to a registry
 * that runs until the last of them ends.
 */
final class ContainerExample implements AutoCloseable {
  static final String PASSWORD = "Gr33n-Tomato";

  /** The name of the results in the workspace, without the ending. */
  static final String FILE = "debian-trixie-amd64-latest";

  private static final String PASSWORD_HASH =
      "$2y$05$abcdefghijklmnopqrstuu/oEtLNnM.bhOBoudzaikEfZ7ve6O9C6";

  /** Passes the one example to the constructors of suites. */
  static final class Resolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ContainerExample.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(ContainerExample.class))
          .getOrComputeIfAbsent(ContainerExample.class);
    }
  }

  private final Distribution distribution = new Distribution("docker");
  private final String manifest;
  private final Distribution.Running registry;
  private final String address;
  private final String output;

  /** Builds and pushes it. */
  ContainerExample() throws Exception {
    for (String former : List.of("first.oci", "pulled", "bundle", "dir", "registry")) {
      run("rm", "--recursive", "--force", "--one-file-system", former);
    }
    manifest =
        Files.readString(Distribution.REPOSITORY.resolve("manifests/examples/docker/trixie.yml"))
            + """
            plugins:
              commands:
                commands:
                  - [mknod, '{root}/srv/null', c, '1', '3']
                  - [cp, '{root}/usr/bin/true', '{root}/srv/ping']
                  - [setcap, cap_net_raw+ep, '{root}/srv/ping']
            """;
    address = "127.0.0.1:" + freePort();
    registry = startRegistry();
    boolean built = false;
    try {
      output = build("first", pushing("team/debian:trixie", PASSWORD), 0);
      Files.move(images().resolve(FILE + ".oci"), layout());
      built = true;
    } finally {
      if (!built) {
        close();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Distribution.Running startRegistry() throws Exception {
    Path users = distribution.folder().resolve("users");
    Files.writeString(users, "builder:" + PASSWORD_HASH + "\n");
    Path configuration =
        distribution.manifest(
            "registry.yaml",
            """
            version: 0.1
            storage: {filesystem: {rootdirectory: "FOLDER/registry"}}
            http: {addr: "ADDRESS"}
            auth: {htpasswd: {realm: test, path: "FOLDER/users"}}
            """
                .replace("FOLDER", distribution.folder().toString())
                .replace("ADDRESS", address));
    Distribution.Running running =
        distribution.start(List.of("docker-registry", "serve", configuration.toString()));
    running.await(line -> line.contains("listening on"));
    return running;
  }

  /** The manifest of the example. */
  String manifest() {
    return manifest;
  }

  /** The registry with the image. */
  String address() {
    return address;
  }

  /** What the first build said. */
  String output() {
    return output;
  }

  /** The OCI layout of the first build. */
  Path layout() {
    return folder().resolve("first.oci");
  }

  /** The directory in which commands run. */
  Path folder() {
    return distribution.folder();
  }

  /** The workspace, with the results of the last build. */
  Path images() {
    return folder().resolve("images");
  }

  /** The example, pushed with a password. */
  String pushing(String to, String password) {
    return manifest.replace(
        "  dockerfile:",
        "  push: {to: \""
            + address
            + "/"
            + to
            + "\", username: builder, password: "
            + password
            + "}\n  dockerfile:");
  }

  /** Builds a manifest; returns its output and its log. */
  String build(String name, String text, int status) throws Exception {
    return build(List.of(), name, text, status);
  }

  /** The same, on a machine that has another name. */
  String buildElsewhere(String name, String text) throws Exception {
    List<String> elsewhere =
        List.of("unshare", "--uts", "sh", "-c", "hostname elsewhere && exec \"$@\"", "sh");
    return build(elsewhere, name, text, 0);
  }

  private String build(List<String> environment, String name, String text, int status)
      throws Exception {
    Path file = distribution.manifest(name + ".yml", text);
    Path logs = folder().resolve("logs-" + name);
    run("rm", "--recursive", "--force", logs.toString());
    List<String> command = new ArrayList<>(environment);
    command.addAll(
        List.of(
            distribution.command().toString(),
            "build",
            "--debug",
            "--log",
            logs.toString(),
            file.toString()));
    Distribution.Outcome outcome;
    try (Distribution.Running running = distribution.start(command)) {
      outcome = running.end();
    }
    assertEquals(status, outcome.status(), outcome.output());
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(
        List.of(),
        distribution.workspaces().stream()
            .filter(folder -> !folder.toString().endsWith(".oci"))
            .toList());
    StringBuilder all = new StringBuilder(outcome.output());
    if (Files.exists(logs)) {
      try (Stream<Path> files = Files.list(logs)) {
        for (Path log : files.toList()) {
          all.append('\n').append(Files.readString(log));
        }
      }
    }
    assertFalse(all.toString().contains(PASSWORD), "no password is shown");
    return all.toString();
  }

  /** Runs a command in the directory, which must succeed; returns its output. */
  String run(String... command) throws IOException, InterruptedException {
    return runWith("", command);
  }

  /** The same, with standard input. */
  String runWith(String input, String... command) throws IOException, InterruptedException {
    Path typed = folder().resolve("input");
    Files.writeString(typed, input);
    Process process =
        new ProcessBuilder(command)
            .directory(folder().toFile())
            .redirectInput(typed.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
    return output;
  }

  static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), "\"" + part + "\" in:\n" + text);
    }
  }

  /** The digest of the image in an OCI layout. */
  static String digest(Path layout) throws IOException {
    Matcher digest =
        Pattern.compile("\"digest\":\"(sha256:\\w+)\"")
            .matcher(Files.readString(layout.resolve("index.json")));
    assertTrue(digest.find());
    return digest.group(1);
  }

  @Override
  public void close() throws IOException {
    try {
      registry.signal("TERM");
      registry.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      registry.close();
    }
  }
}
