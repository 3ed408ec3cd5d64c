/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests release files of a mirror that the test makes, with apt's downloader. */
class FindReleaseTest {
  @TempDir Path folder;
  private Path debian;
  private Path security;
  private final TestManifest manifest =
      new TestManifest().with("system.release", "duke").withRelease(Release.unknown("duke"));
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(ReleaseFile.canBeRequested());
    debian = Files.createDirectories(folder.resolve("debian"));
    security = Files.createDirectories(folder.resolve("security"));
    build = new TestBuild(manifest, folder);
    build.host().running();
    build.provide(Mirrors.class, new Mirrors("file:" + debian, Optional.of("file:" + security)));
  }

  private static void suite(Path mirror, String suite, String file, String fields)
      throws Exception {
    Path directory = Files.createDirectories(mirror.resolve("dists").resolve(suite));
    String signed = file.equals("InRelease") ? "-----BEGIN PGP SIGNED MESSAGE-----\n\n" : "";
    String sums = "SHA256:\n" + " 0123456789abcdef 17 main/Packages\n".repeat(1000);
    Files.writeString(directory.resolve(file), signed + "Origin: Test\n" + fields + "\n" + sums);
  }

  private Release found() throws Exception {
    new FindRelease().run(build);
    return build.manifest().release();
  }

  @Test
  void aReleaseWithoutAVersionIsNewerThanAllKnownAndHasNoSecurityUpdatesYet() throws Exception {
    suite(debian, "duke", "InRelease", "Suite: testing\nCodename: duke");
    suite(debian, "duke-updates", "InRelease", "Suite: testing-updates\nCodename: duke-updates");
    suite(security, "duke-security", "InRelease", "Codename: duke-security");

    Release found = found();

    assertEquals(Release.UNKNOWN, found.version());
    assertTrue(found.atLeast(14));
    assertEquals(Optional.empty(), found.securitySuite());
    assertEquals(Optional.of("duke-updates"), found.updatesSuite());
  }

  @Test
  void theVersionOfTheMirrorDecidesHowOldAReleaseIs() throws Exception {
    suite(debian, "duke", "Release", "Suite: oldoldoldstable\nCodename: buster\nVersion: 10.13");
    suite(security, "buster/updates", "Release", "Suite: oldoldoldstable\nCodename: buster");

    assertEquals(
        new Release(
            "duke",
            "buster",
            10,
            Optional.of("buster/updates"),
            Optional.empty(),
            Optional.empty(),
            false),
        found());
    assertEquals(List.of(), build.warnings());
  }

  @Test
  void aReleaseWithAVersionButWithoutASecurityArchiveIsAWarning() throws Exception {
    suite(debian, "duke", "InRelease", "Suite: stable\nCodename: duke\nVersion: 15.1");

    assertEquals(15, found().version());
    assertEquals(
        List.of("The image gets no security updates: file:" + security + " has none for duke"),
        build.warnings());
  }

  @Test
  void anAliasIsTheReleaseThatTheMirrorSays() throws Exception {
    manifest
        .with("system.release", "stable")
        .withRelease(
            new Release(
                "stable",
                "trixie",
                13,
                Optional.of("trixie-security"),
                Optional.of("trixie-updates"),
                Optional.empty(),
                false));
    suite(debian, "stable", "InRelease", "Suite: stable\nCodename: trixie\nVersion: 13.8");

    assertEquals(Optional.of("trixie-updates"), found().updatesSuite(), "what is known is kept");

    suite(debian, "stable", "InRelease", "Suite: stable\nCodename: forky\nVersion: 14.0");
    suite(security, "forky-security", "InRelease", "Codename: forky-security");

    assertEquals(
        new Release(
            "stable",
            "forky",
            14,
            Optional.of("forky-security"),
            Optional.empty(),
            Optional.empty(),
            false),
        found());
  }

  @Test
  void aSuiteThatComplementsAnotherIsAWarning() throws Exception {
    suite(debian, "duke", "InRelease", "Suite: duke\nCodename: rc-buggy\nNotAutomatic: yes");

    assertEquals("rc-buggy", found().codename());
    assertEquals(
        List.of(
            "The mirror says that duke complements another release (NotAutomatic). To get its"
                + " packages, build that release and add it to packages.sources"),
        build.warnings());
  }

  private String failure() {
    return assertThrows(BuildException.class, () -> new FindRelease().run(build)).getMessage();
  }

  @Test
  void aMirrorWithoutTheSuiteIsReportedWithItsAnswerAtTheReleaseOfTheManifest() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    String mirror = "http://127.0.0.1:" + server.getAddress().getPort() + "/debian";
    try {
      build = new TestBuild(manifest, Files.createDirectory(folder.resolve("http")));
      build.host().running();
      build.provide(Mirrors.class, new Mirrors(mirror, Optional.empty()));

      assertEquals(
          "manifest.yml: system.release: The mirror "
              + mirror
              + " does not provide the suite duke: it answers \"404 Not Found\". Set system.release"
              + " to the code name or alias of a release that the mirror has, such as stable, or"
              + " packages.mirror to a mirror that has duke",
          failure());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatIsNoReleaseFileIsShown() throws Exception {
    suite(debian, "duke", "InRelease", "");
    Files.writeString(debian.resolve("dists/duke/InRelease"), "\n<html>Welcome!</html>\n");

    assertEquals(
        "What file:"
            + debian
            + "/dists/duke/InRelease answers is not the release file of a Debian archive. It"
            + " starts with: <html>Welcome!</html>. Check packages.mirror",
        failure());
  }

  @Test
  void aMirrorThatDoesNotAnswerIsReportedBeforeAnythingIsInstalled() throws Exception {
    build.provide(
        BootstrapSource.class,
        new BootstrapSource(Source.parse("main", "deb http://127.0.0.1:9/debian duke main")));

    String message =
        assertThrows(BuildException.class, () -> new CheckMirrors().run(build)).getMessage();

    assertTrue(
        message.startsWith(
            "The mirror http://127.0.0.1:9/debian does not provide the suite duke: Could not connect"
                + " to 127.0.0.1:9"),
        message);
    assertFalse(message.contains("Fetched"), message);
  }

  @Test
  void eachSuiteOfTheBaseSystemMustBeThere() throws Exception {
    suite(debian, "duke", "InRelease", "Codename: duke");
    build.provide(
        BootstrapSource.class,
        new BootstrapSource(Source.parse("main", "deb file:" + debian + " duke main")));
    new CheckMirrors().run(build);
    build.provide(
        BootstrapSource.class,
        new BootstrapSource(Source.parse("main", "deb file:" + debian + " duke-updates main")));

    String message =
        assertThrows(BuildException.class, () -> new CheckMirrors().run(build)).getMessage();

    assertTrue(
        message.startsWith(
            "The mirror file:"
                + debian
                + " does not provide the suite duke-updates: it answers \"File not found - "),
        message);
  }
}
