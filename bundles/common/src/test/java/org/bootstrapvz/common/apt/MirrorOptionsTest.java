/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of mirrors and sources in the image. */
class MirrorOptionsTest {
  private static final String MIRROR = "http://mirror.example.org/debian";
  private static final String DEBIAN = "/usr/share/keyrings/debian-archive-keyring.gpg";

  @TempDir Path folder;
  private TestManifest manifest;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    manifest = new TestManifest().withFile(folder.resolve("manifest.yml"));
    build = new TestBuild(manifest, folder);
  }

  private Path key(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "-----BEGIN PGP PUBLIC KEY BLOCK-----\n" + name);
  }

  private List<String> sources() throws Exception {
    new FindMirrors().run(build);
    new AddManifestSources().run(build);
    new AddDefaultSources().run(build);
    return build.all(Source.class).stream().map(Source::line).toList();
  }

  @Test
  void theOptionsOfAMirrorHoldForTheBaseSystemAndForTheImage() throws Exception {
    manifest
        .with(
            "packages.mirror",
            Map.of("url", MIRROR + "/", "check-valid-until", false, "trusted", true))
        .with("packages.security", "http://security.example.org/s");

    List<String> lines = sources();

    for (String line : List.of(lines.get(0), lines.get(2))) {
      assertTrue(line.contains("check-valid-until=no"), line);
      assertTrue(line.contains("trusted=yes"), line);
      assertTrue(line.contains(MIRROR + " trixie"), line);
    }
    assertEquals(
        "deb [signed-by=" + DEBIAN + "] http://security.example.org/s trixie-security main",
        lines.get(1));
    String base = build.all(BootstrapSource.class).get(0).source().line();
    assertTrue(base.contains("check-valid-until=no") && base.contains("trusted=yes"), base);
    assertFalse(build.all(BootstrapSource.class).get(1).source().line().contains("["));
  }

  @Test
  void aSourceOfTheManifestInAMirrorHasItsOptionsUnlessItHasItsOwn() throws Exception {
    manifest
        .with("packages.mirror", Map.of("url", MIRROR, "check-valid-until", false))
        .with("packages.security", "http://security.example.org/s")
        .with(
            List.of("packages", "sources", "more"),
            List.of(
                "deb {apt_mirror} trixie-backports main",
                "deb [check-valid-until=yes] {apt_mirror}/ trixie-proposed-updates main",
                "deb http://other.example.org/d s main"));

    assertEquals(
        List.of(
            "deb [check-valid-until=no] " + MIRROR + " trixie-backports main",
            "deb [check-valid-until=yes] " + MIRROR + "/ trixie-proposed-updates main",
            "deb http://other.example.org/d s main"),
        sources().subList(0, 3));
  }

  @Test
  void aKeyFileOfTheHostIsCopiedAndNamedByItsPathInTheImage() throws Exception {
    key("keys/mirror.asc");
    manifest
        .with("packages.mirror", Map.of("url", MIRROR, "signed-by", "keys/mirror.asc"))
        .with(
            List.of("packages", "sources", "acme"),
            List.of(
                "deb [signed-by="
                    + key("acme/key.asc")
                    + ",/usr/share/keyrings/x.gpg] http://a/d s m"));

    List<String> lines = sources();
    new InstallTrustedKeys().run(build);
    new WriteSources().run(build);

    assertEquals(
        "deb [signed-by=/etc/apt/keyrings/key.asc,/usr/share/keyrings/x.gpg] http://a/d s m",
        lines.get(0));
    assertEquals(
        "deb [signed-by=/etc/apt/keyrings/mirror.asc] " + MIRROR + " trixie main", lines.get(1));
    assertTrue(build.root().read("etc/apt/keyrings/mirror.asc").endsWith("keys/mirror.asc"));
    assertTrue(build.root().read("etc/apt/keyrings/key.asc").endsWith("acme/key.asc"));
    assertTrue(
        build
            .root()
            .read("etc/apt/sources.list.d/debian.sources")
            .contains("Signed-By: /etc/apt/keyrings/mirror.asc\n"));
  }

  @Test
  void twoKeysInFilesOfOneNameAreBothInTheImage() throws Exception {
    key("acme/key.asc");
    key("other/key.asc");
    manifest.with("packages.trusted-keys", List.of("acme/key.asc", "other/key.asc"));

    new InstallTrustedKeys().run(build);

    assertTrue(build.root().read("etc/apt/keyrings/key.asc").endsWith("acme/key.asc"));
    assertTrue(build.root().read("etc/apt/keyrings/key-2.asc").endsWith("other/key.asc"));
    assertEquals(
        List.of("/etc/apt/keyrings/key.asc", "/etc/apt/keyrings/key-2.asc"),
        TrustedKeys.paths(manifest));
  }

  @Test
  void aKeyGetsANameThatAptReads() throws Exception {
    key("Acme (2026) key.asc");
    key(".hidden.asc");
    manifest
        .with("system.release", "bookworm")
        .with("packages.trusted-keys", List.of("Acme (2026) key.asc", ".hidden.asc"));

    new InstallTrustedKeys().run(build);

    assertEquals(
        List.of("Acme--2026--key.asc", "hidden.asc"), build.root().list("etc/apt/trusted.gpg.d"));
  }

  private void withPasswords() throws Exception {
    manifest
        .with("packages.mirror", "http://joe:Canary%2B77@mirror.example.org/debian")
        .with("packages.security", "http://eve:Canary79@mirror.example.org/debian-security")
        .with(
            List.of("packages", "sources", "acme"),
            List.of("deb https://ann:Canary78@a.example.org:8443/d s main"));
    sources();
    new WriteSources().run(build);
  }

  private void assertInNoSourceList() throws Exception {
    try (var files = Files.list(build.root().resolve("etc/apt/sources.list.d"))) {
      for (Path file : files.toList()) {
        assertFalse(Files.readString(file).contains("Canary"), file.toString());
      }
    }
  }

  @Test
  void duringTheBuildOnlyRootCanReadThePasswordOfAMirror() throws Exception {
    withPasswords();

    // apt uses the first line that matches.
    assertEquals(
        """
        machine https://a.example.org:8443/d/ login ann password Canary78
        machine http://mirror.example.org/debian/ login joe password Canary+77
        machine http://mirror.example.org/debian-security/ login eve password Canary79
        """,
        build.root().read(WriteSources.CREDENTIALS));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(build.root().resolve(WriteSources.CREDENTIALS))));
    assertInNoSourceList();
    assertTrue(
        build
            .root()
            .read("etc/apt/sources.list.d/debian.sources")
            .contains("URIs: http://mirror.example.org/debian\n"));
    assertFalse(build.logged().toString().contains("Canary"), build.logged().toString());
  }

  @Test
  void theFinishedImageHasNoPassword() throws Exception {
    withPasswords();

    new AptClean().run(build);

    assertFalse(build.root().exists(WriteSources.CREDENTIALS));
    assertInNoSourceList();
  }

  @Test
  void theFinishedImageHasThePasswordsIfTheManifestKeepsThem() throws Exception {
    manifest.with("packages.keep-credentials", true);
    withPasswords();

    new AptClean().run(build);

    assertTrue(build.root().read(WriteSources.CREDENTIALS).contains("password Canary78"));
  }

  @Test
  void beforeBullseyeThePasswordsAreInTheSourceListUntilTheBuildEnds() throws Exception {
    manifest.with("system.release", "buster");
    withPasswords();
    String acme = "etc/apt/sources.list.d/acme.list";
    assertEquals("deb https://ann:Canary78@a.example.org:8443/d s main\n", build.root().read(acme));

    new AptClean().run(build);

    assertEquals("deb https://a.example.org:8443/d s main\n", build.root().read(acme));
    assertFalse(build.root().read("etc/apt/sources.list").contains("Canary"));
    assertInNoSourceList();
  }

  @Test
  void thePasswordOfAMirrorOfTheHostIsMasked() throws Exception {
    manifest.with("packages.mirror", "http://joe:Can%20ry77@mirror.example.org/debian");

    String message =
        assertThrows(BuildException.class, () -> new FindMirrors().run(build)).getMessage();

    assertEquals(
        "http://mirror.example.org/debian: The user name or password in the address has white space,"
            + " which the file that apt reads it from cannot hold. Use a user name and password"
            + " without white space",
        message);
    assertEquals(
        List.of("Can%20ry77", "Can ry77", "joe:Can ry77"),
        build.secrets().stream().map(secret -> secret.reveal()).toList());
  }

  @Test
  void aStateOfTheMirrorHasPackageListsOfItsOwn() {
    Source now = Source.parse("main", "deb [trusted=yes] http://j:p@a.example.org/d s main");

    assertEquals("deb http://a.example.org/d s main", BootstrapSource.identity(now));
    assertEquals(
        "deb [snapshot=20260101T000000Z] http://a.example.org/d s main",
        BootstrapSource.identity(now.with("snapshot", "20260101T000000Z")));
  }
}
