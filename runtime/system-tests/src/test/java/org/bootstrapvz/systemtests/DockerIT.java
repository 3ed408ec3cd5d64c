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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The example of a container image, built twice, pushed to a registry, inspected and run with
 * independent tools.
 */
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerIT {
  private static final String PASSWORD = "Gr33n-Tomato";
  private static final String PASSWORD_HASH =
      "$2y$05$abcdefghijklmnopqrstuu/oEtLNnM.bhOBoudzaikEfZ7ve6O9C6";
  private static final String FILE = "debian-trixie-amd64-latest";

  private Distribution distribution;
  private Distribution.Running registry;
  private String address;
  private String example;
  private String first;

  @BeforeAll
  void buildAndPush() throws Exception {
    distribution = new Distribution("docker");
    for (String former : List.of("first.oci", "pulled", "bundle", "dir", "registry")) {
      run("rm", "--recursive", "--force", "--one-file-system", former);
    }
    example =
        Files.readString(Distribution.REPOSITORY.resolve("manifests/examples/docker/trixie.yml"))
            + """
            plugins:
              commands:
                commands:
                  - [mknod, '{root}/srv/null', c, '1', '3']
                  - [cp, '{root}/usr/bin/true', '{root}/srv/ping']
                  - [setcap, cap_net_raw+ep, '{root}/srv/ping']
            """;
    startRegistry();
    first = build("first", pushing("team/debian:trixie", PASSWORD), 0);
    Files.move(images().resolve(FILE + ".oci"), distribution.folder().resolve("first.oci"));
  }

  @AfterAll
  void stopRegistry() throws Exception {
    registry.signal("TERM");
    registry.end();
    registry.close();
  }

  private void startRegistry() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    address = "127.0.0.1:" + port;
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
    registry = distribution.start(List.of("docker-registry", "serve", configuration.toString()));
    registry.await(line -> line.contains("listening on"));
  }

  private String pushing(String to, String password) {
    return example.replace(
        "  dockerfile:",
        "  push: {to: \""
            + address
            + "/"
            + to
            + "\", username: builder, password: "
            + password
            + "}\n  dockerfile:");
  }

  private Path images() {
    return distribution.folder().resolve("images");
  }

  /** Builds a manifest; returns its output and its log. */
  private String build(String name, String text, int status) throws Exception {
    Path manifest = distribution.manifest(name + ".yml", text);
    Path logs = distribution.folder().resolve("logs-" + name);
    run("rm", "--recursive", "--force", logs.toString());
    Distribution.Outcome outcome =
        distribution.run("build", "--debug", "--log", logs.toString(), manifest.toString());
    assertEquals(status, outcome.status(), outcome.output());
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(
        List.of(),
        distribution.workspaces().stream()
            .filter(folder -> !folder.toString().endsWith(".oci"))
            .toList());
    StringBuilder all = new StringBuilder(outcome.output());
    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.toList()) {
        all.append('\n').append(Files.readString(log));
      }
    }
    assertFalse(all.toString().contains(PASSWORD), "no password is shown");
    return all.toString();
  }

  private String run(String... command) throws IOException, InterruptedException {
    return runWith("", command);
  }

  private String runWith(String input, String... command) throws IOException, InterruptedException {
    Path typed = distribution.folder().resolve("input");
    Files.writeString(typed, input);
    Process process =
        new ProcessBuilder(command)
            .directory(distribution.folder().toFile())
            .redirectInput(typed.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
    return output;
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), "\"" + part + "\" in:\n" + text);
    }
  }

  private static String digest(Path layout) throws IOException {
    Matcher digest =
        Pattern.compile("\"digest\":\"(sha256:\\w+)\"")
            .matcher(Files.readString(layout.resolve("index.json")));
    assertTrue(digest.find());
    return digest.group(1);
  }

  @Test
  void skopeoReadsLayoutAndArchive() throws Exception {
    String layout = run("skopeo", "inspect", "oci:first.oci:latest");
    assertContains(
        layout,
        "\"Digest\": \"" + digest(distribution.folder().resolve("first.oci")) + "\"",
        "\"Architecture\": \"amd64\"",
        "\"summary\": \"Debian trixie\"",
        "\"name\": \"debian-trixie-amd64:latest\"",
        "\"distribution-scope\": \"public\"");
    assertContains(
        run("skopeo", "inspect", "--config", "docker-archive:images/" + FILE + ".tar"),
        "\"/bin/bash\"",
        "\"PATH=/usr/local/sbin:");
    run("skopeo", "--insecure-policy", "copy", "docker-archive:images/" + FILE + ".tar", "dir:dir");
  }

  @Test
  void theRegistryHasTheSameDigests() throws Exception {
    run(
        "skopeo",
        "--insecure-policy",
        "copy",
        "--src-tls-verify=false",
        "--src-creds=builder:" + PASSWORD,
        "docker://" + address + "/team/debian:trixie",
        "oci:pulled:trixie");
    Path ours = distribution.folder().resolve("first.oci");
    assertEquals(digest(ours), digest(distribution.folder().resolve("pulled")));
    assertContains(first, "Pushed to " + address + "/team/debian:trixie, " + digest(ours));
  }

  @Test
  void aSecondBuildGivesTheSameDigestsAndSendsNothingAgain() throws Exception {
    String second = build("second", pushing("team/debian:again", PASSWORD), 0);
    assertEquals(
        digest(distribution.folder().resolve("first.oci")),
        digest(images().resolve(FILE + ".oci")));
    assertContains(second, "The registry has sha256:");
    assertFalse(second.contains("Sending"), second);
  }

  @Test
  void theContainerRunsAsRootWithItsOwnCommand() throws Exception {
    Path bundle = unpack();
    Path configuration = bundle.resolve("config.json");
    String text = Files.readString(configuration);
    Files.writeString(configuration, text.replace("\"terminal\": true", "\"terminal\": false"));
    String said =
        runWith(
            "echo \"$BASH $PATH\"; id --user; . /etc/os-release; echo $VERSION_CODENAME; dpkg --audit;"
                + " dpkg-query --show --showformat='${Package}\\n'; echo end",
            "runc",
            "run",
            "--bundle=" + bundle,
            "bootstrap-vz-test-" + ProcessHandle.current().pid());
    List<String> lines = said.lines().toList();
    assertEquals(
        "/bin/bash /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", lines.get(0));
    assertEquals("0", lines.get(1));
    assertEquals("trixie", lines.get(2));
    assertTrue(lines.contains("apt"), said);
    for (String needless : List.of("init", "systemd", "udev", "initramfs-tools", "locales")) {
      assertFalse(lines.contains(needless), needless);
    }
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("linux-image")), said);
    assertEquals("end", lines.get(lines.size() - 1));
  }

  private Path unpack() throws Exception {
    Path bundle = distribution.folder().resolve("bundle");
    if (!Files.exists(bundle)) {
      run("umoci", "unpack", "--image", "first.oci:latest", bundle.toString());
    }
    return bundle;
  }

  @Test
  void ownersModesLinksDevicesAndCapabilitiesAreInTheImage() throws Exception {
    Path root = unpack().resolve("rootfs");
    assertEquals(
        "0:42 640 regular file\n0:0 4755 regular file\n0:0 1777 directory\n0:0 777 symbolic link\n",
        run(
            "stat",
            "--format=%u:%g %a %F",
            root + "/etc/shadow",
            root + "/usr/bin/su",
            root + "/tmp",
            root + "/bin"));
    assertEquals(
        Files.getAttribute(root.resolve("usr/bin/perl"), "unix:ino"),
        Files.getAttribute(
            root.resolve("usr/bin/" + perl(root)), "unix:ino", LinkOption.NOFOLLOW_LINKS),
        "hard links stay what they are");
    for (String gone :
        List.of("etc/resolv.conf", "var/lib/dpkg/status-old", "etc/passwd-", "boot/vmlinuz")) {
      assertFalse(Files.exists(root.resolve(gone), LinkOption.NOFOLLOW_LINKS), gone);
    }
    assertEquals(
        "character special file 1,3\n", run("stat", "--format=%F %t,%T", root + "/srv/null"));
    assertContains(run("getcap", root + "/srv/ping"), "cap_net_raw=ep");
    assertEquals("docker", Files.readString(root.resolve("run/systemd/container")));
    assertEquals("", run("find", root + "/var/log", "-type", "f", "-size", "+0"));
    assertEquals("", run("find", root + "/dev", "-mindepth", "1"));
  }

  private static String perl(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("usr/bin"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("perl5\\.\\d+\\.\\d+"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void itIsSmall() throws Exception {
    Path root = unpack().resolve("rootfs");
    long all = megabytes(root);
    long documentation = 0;
    for (String folder : List.of("doc", "man", "info", "locale")) {
      Path path = root.resolve("usr/share").resolve(folder);
      documentation += Files.exists(path) ? megabytes(path) : 0;
    }
    System.out.println(
        "The unpacked image has "
            + all
            + " MB, "
            + documentation
            + " MB of it manuals, documentation and translations");
    assertTrue(all < 130 && all - documentation < 90, all + " MB, " + documentation + " MB");
  }

  private long megabytes(Path folder) throws Exception {
    String bytes = run("du", "--summarize", "--bytes", folder.toString()).split("\\s")[0];
    return Long.parseLong(bytes) / 1_000_000;
  }

  @Test
  void aWrongPasswordIsReportedBeforeAnythingIsBuilt() throws Exception {
    String output = build("wrong", pushing("team/debian:wrong", "Red-Herring"), 3);
    assertContains(output, "registry.CheckRegistry", "did not accept the login", "provider.push");
    assertFalse(output.contains("Installing the base system"), output);
    assertFalse(output.contains("Red-Herring"), output);
  }

  @Test
  void wrongInstructionsAreReportedWithTheirLines() throws Exception {
    List<String> lines = new ArrayList<>(example.lines().toList());
    int command = lines.indexOf("    - CMD [\"/bin/bash\"]");
    lines.set(command, "    - CMT [\"/bin/bash\"]\n    - EXPOSE http");
    Path manifest = distribution.manifest("errors.yml", String.join("\n", lines) + "\n");
    Distribution.Outcome outcome = distribution.run("build", manifest.toString());
    assertEquals(1, outcome.status(), outcome.output());
    assertContains(
        outcome.output(),
        "errors.yml:" + (command + 1) + ":",
        "Did you mean CMD?",
        "errors.yml:" + (command + 2) + ":",
        "is not a port");
  }
}
