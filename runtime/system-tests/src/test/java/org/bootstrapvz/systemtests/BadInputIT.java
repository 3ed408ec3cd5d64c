/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** User errors and their messages. */
class BadInputIT {
  /** For builds that get as far as installing packages. */
  private static final String WITH_SHARED_BASE =
      """
      name: bad-input
      provider: {name: kvm}
      %s
      system: {release: trixie, architecture: amd64, kernel: cloud, bootloader: grub, firmware: hybrid, charmap: UTF-8,
        locale: en_US, timezone: UTC}
      volume: {backing: qcow2, partitions: {type: gpt, root: {filesystem: ext4, size: 2GiB}}}
      plugins: {root_password: {password: test}}
      """
          .formatted(SharedBase.BOOTSTRAPPER.formatted(SharedBase.KERNEL));

  private Distribution distribution;
  private String example;

  @BeforeEach
  void makeFolder() throws IOException {
    distribution = new Distribution("bad-input");
    example = Files.readString(Distribution.example("bookworm"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(List.of(), distribution.workspaces());
  }

  private Distribution.Outcome build(String text, int status) throws Exception {
    Path manifest = distribution.manifest("manifest.yml", text);
    Distribution.Outcome outcome = distribution.run("build", manifest.toString());
    assertEquals(status, outcome.status(), outcome.output());
    assertFalse(outcome.output().contains("\tat "), "no stack trace:\n" + outcome.output());
    return outcome;
  }

  private static void assertSays(Distribution.Outcome outcome, String... parts) {
    for (String part : parts) {
      assertTrue(outcome.output().contains(part), "\"" + part + "\" in:\n" + outcome.output());
    }
  }

  @Test
  void aMissingManifest() throws Exception {
    Distribution.Outcome outcome = distribution.run("build", "nowhere.yml");
    assertEquals(1, outcome.status(), outcome.output());
    assertSays(outcome, "nowhere.yml");
  }

  @Test
  void allErrorsInAManifestAreReportedWithTheirLocations() throws Exception {
    String text =
        example
            .replace("release: bookworm", "release: bokworm")
            .replace("size: 2GiB", "size: 2 gigs")
            .replace("  hostname:", "  hostnam:")
            .replace(
                "  root_password:\n    password: test", "  root_passwort:\n    password: test");
    Distribution.Outcome outcome = build(text, 1);
    assertSays(outcome, "bookworm", "hostname", "root_password", "2 gigs", "manifest.yml:");
  }

  @Test
  void aMirrorThatDoesNotAnswer() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Distribution.Outcome outcome =
        build(example + "packages:\n  mirror: http://127.0.0.1:" + free + "/debian\n", 3);
    assertSays(
        outcome,
        "The mirror http://127.0.0.1:" + free + "/debian does not provide the suite bookworm");
  }

  @Test
  void aMirrorWithAnotherContent() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    try {
      Distribution.Outcome outcome =
          build(
              example
                  + "packages:\n  mirror: http://127.0.0.1:"
                  + server.getAddress().getPort()
                  + "/debian\n",
              3);
      assertSays(outcome, "not the release file of a Debian archive", "<html>Please log in</html>");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPackageThatDoesNotExistIsNamedWithItsLocation() throws Exception {
    SharedBase.into(distribution);
    Distribution.Outcome outcome =
        build(WITH_SHARED_BASE + "packages: {install: [nano, no-such-package]}\n", 3);
    assertSays(outcome, "There is no package no-such-package in trixie", "packages.install.1");
  }

  @Test
  void aPartitionThatIsTooSmallIsReportedWithTheRequiredSize() throws Exception {
    SharedBase.into(distribution);
    Distribution.Outcome outcome = build(WITH_SHARED_BASE.replace("size: 2GiB", "size: 300MiB"), 3);
    assertSays(outcome, "volume.partitions.root.size");
    assertTrue(outcome.output().matches("(?s).*need.* \\d+ ?MiB.*"), outcome.output());
  }

  @Test
  void grubOnAnUnpartitionedVolume() throws Exception {
    Distribution.Outcome outcome =
        build(example.replace("type: gpt", "type: none").replace("  firmware: hybrid\n", ""), 1);
    assertSays(outcome, "system.bootloader", "grub");
  }

  @Test
  void aFullDiskIsReportedBeforeOrWhenTheImageIsWritten() throws Exception {
    Path small = distribution.folder().resolve("small");
    Files.createDirectories(small);
    Path manifest =
        distribution.manifest(
            "full.yml", WITH_SHARED_BASE.replace("workspace: images", "workspace: " + small));
    Path archive = SharedBase.into(distribution);
    long size = (Files.size(archive) >> 20) + 100;
    // A mount namespace of the test contains the small disk, so that it ends with the test.
    Distribution.Running build =
        distribution.start(
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                "mount -t tmpfs -o size=\"$5\"m small \"$1\" && cp \"$4\" \"$1\" && exec \"$2\" build"
                    + " \"$3\"",
                "sh",
                small.toString(),
                distribution.command().toString(),
                manifest.toString(),
                archive.toString(),
                Long.toString(size)));
    Distribution.Outcome outcome = build.end();
    assertEquals(3, outcome.status(), outcome.output());
    assertSays(outcome, small.toString(), "MiB");
    assertTrue(outcome.output().matches("(?s).*(free|full).*"), outcome.output());
  }

  @Test
  void withoutPrivilegesTheMessageHasTheRemedy() throws Exception {
    Path manifest = distribution.manifest("manifest.yml", example);
    Distribution.Running build =
        distribution.start(
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                distribution.command().toString(),
                "build",
                manifest.toString()));
    Distribution.Outcome outcome = build.end();
    assertEquals(1, outcome.status(), outcome.output());
    assertSays(outcome, "sudo", "subuid");
  }

  @Test
  void anInvalidJarAndOneWithAMissingImportAreReported() throws Exception {
    Path deploy = distribution.folder().resolve("deploy");
    Files.createDirectories(deploy);
    Files.writeString(deploy.resolve("notes.jar"), "not a jar at all");
    try (ZipOutputStream jar =
        new ZipOutputStream(Files.newOutputStream(deploy.resolve("lonely.jar")))) {
      jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      jar.write(
          ("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: org.acme.lonely\n"
                  + "Bundle-Version: 1.0.0\nImport-Package: org.acme.missing;version=\"[2,3)\"\n\n")
              .getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    Distribution.Running plugins =
        distribution.start(
            List.of(
                "env",
                "BOOTSTRAP_VZ_DEPLOY=" + deploy,
                distribution.command().toString(),
                "plugins"));
    Distribution.Outcome outcome = plugins.end();
    assertEquals(0, outcome.status(), outcome.output());
    assertSays(outcome, "notes.jar", "org.acme.lonely", "org.acme.missing");
    assertFalse(outcome.output().contains("\tat "), outcome.output());
  }

  @Test
  void theSecretOfAManifestIsInNoOutputAndNoLog() throws Exception {
    SharedBase.into(distribution);
    String text = WITH_SHARED_BASE.replace("password: test", "password: Gr33n-Tomato");
    Path manifest =
        distribution.manifest("secret.yml", text + "packages: {install: [no-such-package]}\n");
    Path logs = distribution.folder().resolve("logs");
    Distribution.Outcome outcome =
        distribution.run("build", "--debug", "--log", logs.toString(), manifest.toString());
    assertEquals(3, outcome.status(), outcome.output());
    assertFalse(outcome.output().contains("Gr33n-Tomato"), outcome.output());
    try (var files = Files.list(logs)) {
      for (Path log : files.toList()) {
        assertFalse(Files.readString(log).contains("Gr33n-Tomato"), log.toString());
      }
    }
  }
}
