/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.volume.UnsharedSandbox;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final String MIRROR = "http://mirror.example.org/debian";
  private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

  @TempDir private Path folder;
  private UnsharedSandbox sandbox;
  private TestManifest manifest;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(UnsharedSandbox.isPossible());
    sandbox = new UnsharedSandbox();
    manifest = new TestManifest().with("system.release", "bookworm");
  }

  @AfterEach
  void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Release release(String name, int version, boolean ended) {
    boolean supported = version <= 13;
    return new Release(
        name,
        name,
        version,
        Optional.of(version > 10 ? name + "-security" : name + "/updates").filter(x -> supported),
        Optional.of(name + "-updates").filter(x -> supported),
        Optional.empty(),
        ended);
  }

  private void start() throws Exception {
    build = new TestBuild(manifest, folder, sandbox);
    build.provide(
        Mirrors.class,
        new Mirrors(MIRROR, Optional.of("http://security.example.org/debian-security")));
    build.provide(Root.class, sandbox.root(folder.resolve("root")));
    Files.createDirectories(folder.resolve("root"));
  }

  private List<String> defaults() throws Exception {
    start();
    new AddDefaultSources().run(build);
    return build.all(Source.class).stream().map(Source::line).toList();
  }

  private String written(String file) throws Exception {
    new WriteSources().run(build);
    return Files.readString(folder.resolve("root").resolve(file));
  }

  @Test
  void theSecuritySuiteHasTheNameOfItsRelease() throws Exception {
    manifest = new TestManifest().withRelease(release("buster", 10, false));

    assertEquals(
        List.of(
            "deb " + MIRROR + " buster main",
            "deb http://security.example.org/debian-security buster/updates main",
            "deb " + MIRROR + " buster-updates main"),
        defaults());
  }

  @Test
  void aReleaseInDevelopmentHasNeitherSecurityNorUpdates() throws Exception {
    manifest = new TestManifest().withRelease(release("sid", Release.SID, false));

    assertEquals(List.of("deb [signed-by=" + KEYRING + "] " + MIRROR + " sid main"), defaults());
  }

  @Test
  void theArchiveOfAnEndedReleaseMayBeOutOfDate() throws Exception {
    manifest = new TestManifest().withRelease(release("buster", 10, true));

    assertTrue(
        defaults().stream().allMatch(line -> line.startsWith("deb [check-valid-until=no] ")));
    assertTrue(
        build.all(BootstrapSource.class).stream()
            .allMatch(each -> each.source().line().startsWith("deb [check-valid-until=no] ")));
  }

  @Test
  void sourceCodeIsAddedForEachDefaultSourceOnRequest() throws Exception {
    manifest
        .with("packages.include-source-type", true)
        .with("packages.components", List.of("a", "b"));

    assertEquals(
        "deb-src [signed-by=" + KEYRING + "] " + MIRROR + " bookworm a b", defaults().get(1));
  }

  @Test
  void backportsHaveTheComponentsOfTheRelease() throws Exception {
    manifest.with("packages.components", List.of("main", "contrib"));
    start();

    new AddBackports().run(build);

    assertEquals(
        List.of("deb [signed-by=" + KEYRING + "] " + MIRROR + " bookworm-backports main contrib"),
        build.all(Source.class).stream().map(Source::line).toList());
  }

  @Test
  void backportsInTheManifestAreNotAddedAgain() throws Exception {
    manifest.with(
        List.of("packages", "sources", "extra"),
        List.of("deb http://other.example.org/debian bookworm-backports main"));
    start();

    new AddBackports().run(build);

    assertEquals(List.of(), build.all(Source.class));
  }

  @Test
  void aReleaseInDevelopmentHasNoBackports() throws Exception {
    manifest = new TestManifest().withRelease(release("forky", 14, false));
    start();

    new AddBackports().run(build);

    assertEquals(List.of(), build.all(Source.class));
  }

  @Test
  void beforeTrixieSourcesAreLines() throws Exception {
    defaults();

    assertTrue(
        written("etc/apt/sources.list")
            .startsWith("deb [signed-by=" + KEYRING + "] " + MIRROR + " bookworm main\n"));
  }

  @Test
  void fromTrixieOnSourcesAreStanzasThatNameTheirKeys() throws Exception {
    manifest = new TestManifest().withRelease(release("trixie", 13, false));
    Path key =
        Files.writeString(folder.resolve("tools.asc"), "-----BEGIN PGP PUBLIC KEY BLOCK-----");
    manifest.with("packages.trusted-keys", List.of(key.toString()));
    start();
    build.root().write("etc/apt/sources.list", "deb x y z\n");
    new AddDefaultSources().run(build);
    build.provide(Source.class, Source.parse("tools", "deb http://tools.example.org/apt ./"));

    new InstallTrustedKeys().run(build);

    assertTrue(
        written("etc/apt/sources.list.d/debian.sources")
            .startsWith(
                """
                Types: deb
                URIs: http://mirror.example.org/debian
                Suites: trixie trixie-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
                """));
    assertEquals(
        """
        Types: deb
        URIs: http://tools.example.org/apt
        Suites: ./
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg /etc/apt/keyrings/tools.asc
        """,
        build.root().read("etc/apt/sources.list.d/tools.sources"));
    assertTrue(build.root().isFile("etc/apt/keyrings/tools.asc"));
    assertFalse(build.root().exists("etc/apt/sources.list"));
  }

  @Test
  void anArchiveSignedWithOtherKeysIsVerifiedWithThese() throws Exception {
    manifest = new TestManifest().withRelease(release("trixie", 13, false));
    manifest
        .with("packages.trusted-keys", List.of("/keys/ours.gpg"))
        .with("bootstrapper.keyring", "/keys/ours.gpg");

    assertEquals(
        "deb [signed-by=" + KEYRING + ",/etc/apt/keyrings/ours.gpg] " + MIRROR + " trixie main",
        defaults().get(0));
  }

  @Test
  void invalidAndMissingKeysAreReportedWithTheirLocation() throws Exception {
    Path text = Files.writeString(folder.resolve("text.gpg"), "not a key\n");
    Path unread =
        Files.writeString(folder.resolve("key.txt"), "-----BEGIN PGP PUBLIC KEY BLOCK-----");
    manifest
        .with(
            "packages.trusted-keys",
            List.of(text.toString(), folder.resolve("none.gpg").toString(), unread.toString()))
        .with("bootstrapper.keyring", text.toString());
    start();

    String message =
        assertThrows(BuildException.class, () -> new ValidateTrustedKeys().run(build)).getMessage();

    assertEquals(
        """
        manifest.yml: packages.trusted-keys.0: %1$s/text.gpg is not an OpenPGP key or keyring
        manifest.yml: packages.trusted-keys.1: there is no file %1$s/none.gpg
        manifest.yml: packages.trusted-keys.2: apt only reads this key from a file whose name ends in .asc, not %1$s/key.txt. Rename it to key.asc
        manifest.yml: bootstrapper.keyring: %1$s/text.gpg is not an OpenPGP key or keyring"""
            .formatted(folder),
        message);
  }

  @Test
  void binaryAndArmouredKeysAreAccepted() throws Exception {
    Path binary = Files.write(folder.resolve("a.gpg"), new byte[] {(byte) 0x99, 1, 2});
    Path armoured =
        Files.writeString(
            folder.resolve("b.asc"),
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
            StandardCharsets.US_ASCII);
    manifest.with("packages.trusted-keys", List.of(binary.toString(), armoured.toString()));
    start();

    new ValidateTrustedKeys().run(build);
  }
}
