/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.AddDefaultSources;
import org.bootstrapvz.common.apt.Mirrors;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of the bootstrapping tools. */
class BootstrapCommandTest {
  private static final String MIRROR = "http://mirror.example.org/debian";

  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
    build.provide(Mirrors.class, new Mirrors(MIRROR, Optional.empty()));
  }

  private List<String> asked() throws Exception {
    new AddDefaultSources().run(build);
    BaseSystem.of(build).install();
    return build.host().commands().get(0).arguments();
  }

  @Test
  void theReleaseComesFromTheMirrorAndItsSignatureIsChecked() throws Exception {
    List<String> asked = asked();

    assertEquals("mmdebstrap", asked.get(0));
    assertTrue(asked.contains("trixie"), asked.toString());
    String line = asked.get(asked.size() - 2);
    assertTrue(line.endsWith(MIRROR + " trixie main"), asked.toString());
    assertFalse(asked.toString().contains("trusted=yes"), asked.toString());
  }

  @Test
  void anUnsignedReleaseIsAcceptedIfTheManifestAllowsIt() throws Exception {
    manifest.with("bootstrapper.no-check-gpg", true);

    List<String> asked = asked();

    assertTrue(asked.get(asked.size() - 1).contains("trusted=yes"), asked.toString());
    assertTrue(
        build.all(Source.class).stream().noneMatch(source -> source.line().contains("trusted")),
        "the image itself continues to verify signatures");
  }

  @Test
  void theBaseSystemMayHaveASeparateMirrorThatIsNotInTheImage() throws Exception {
    manifest.with("bootstrapper.mirror", "http://near.example.org/debian");

    List<String> asked = asked();

    assertTrue(
        asked.toString().contains("http://near.example.org/debian trixie"), asked.toString());
    assertTrue(
        build.all(Source.class).stream().allMatch(source -> source.uri().equals(MIRROR)),
        build.all(Source.class).toString());
  }

  @Test
  void keyringAndPackagesArePassedOn() throws Exception {
    manifest.with("bootstrapper.keyring", "/keys/ours.gpg");
    build.provide(BootstrapPackage.class, new BootstrapPackage("netbase", true));
    build.provide(BootstrapPackage.class, new BootstrapPackage("nano", false));

    List<String> asked = asked();

    assertTrue(asked.contains("--keyring=/keys/ours.gpg"), asked.toString());
    assertTrue(asked.contains("--include=netbase"), asked.toString());
    assertTrue(asked.contains("--variant=apt"), asked.toString());
  }

  @Test
  void programsOfAnotherArchitectureComeBeforeThatOfTheKernel() throws Exception {
    manifest.with("system.userspace_architecture", "i386");

    assertTrue(asked().contains("--architectures=i386,amd64"));
  }

  @Test
  void withoutMmdebstrapDebootstrapInstallsTheSame() throws Exception {
    build.machine().withMissing("mmdebstrap");
    manifest
        .with("bootstrapper.variant", "minbase")
        .with("bootstrapper.force-check-gpg", true)
        .with("bootstrapper.keyring", "/keys/ours.gpg");
    build.provide(BootstrapPackage.class, new BootstrapPackage("netbase", true));
    build.provide(BootstrapPackage.class, new BootstrapPackage("nano", false));

    assertEquals(
        List.of(
            "debootstrap",
            "--arch=amd64",
            "--variant=minbase",
            "--keyring=/keys/ours.gpg",
            "--force-check-gpg",
            "--include=netbase",
            "--exclude=nano",
            "trixie",
            build.root().path().toString(),
            MIRROR),
        asked());
  }

  private String refused() {
    return assertThrows(BuildException.class, this::asked).getMessage();
  }

  @Test
  void theOptionsOfAMirrorReachTheBaseSystem() throws Exception {
    manifest.with(
        "packages.mirror", Map.of("url", MIRROR, "check-valid-until", false, "trusted", true));

    String line = asked().get(asked().size() - 2);

    assertTrue(line.contains("check-valid-until=no") && line.contains("trusted=yes"), line);
  }

  @Test
  void theKeyOfAMirrorIsReadFromTheRoot() throws Exception {
    manifest.with("bootstrapper.mirror", Map.of("url", MIRROR, "signed-by", "keys/ours.asc"));
    build.root().write("etc/apt/keyrings/ours.asc", "key");

    List<String> asked = asked();

    assertTrue(
        asked
            .get(asked.size() - 1)
            .startsWith("deb [signed-by=" + build.root().path() + "/etc/apt/keyrings/ours.asc] "),
        asked.toString());
  }

  @Test
  void aKeyThatIsNeitherInTheManifestNorOnThisHostIsReported() {
    manifest.with(
        "packages.mirror", Map.of("url", MIRROR, "signed-by", "/usr/share/keyrings/none.gpg"));

    assertEquals(
        "The key /usr/share/keyrings/none.gpg of the mirror "
            + MIRROR
            + " is not on this host, but the base system is verified with it. Name a key file next"
            + " to the manifest in signed-by; it is copied into the image",
        refused());
  }

  @Test
  void aStateOfTheMirrorNeedsAHostWhoseAptHasThem() throws Exception {
    manifest.with("packages.mirror", Map.of("url", MIRROR, "snapshot", "20260101T000000Z"));
    build.host().answering("apt-get --version", "apt 2.6.1 (amd64)");

    assertEquals(
        "apt of this host (apt 2.6.1 (amd64)) does not know the option snapshot of a mirror, which"
            + " the base system needs. Build on trixie or later, or set packages.snapshot instead",
        refused());

    build.host().answering("apt-get --version", "apt 3.0.3 (amd64)", "Supported modules:");
    BaseSystem.of(build).install();

    assertTrue(
        build.host().commandLines().toString().contains("snapshot=20260101T000000Z"),
        build.host().commandLines().toString());
  }

  @Test
  void debootstrapGetsWhatItHas() throws Exception {
    build.machine().withMissing("mmdebstrap");
    build.root().write("etc/apt/keyrings/ours.asc", "key");
    manifest
        .with("bootstrapper.keyring", "/keys/other.gpg")
        .with(
            "packages.mirror",
            Map.of(
                "url",
                MIRROR,
                "check-valid-until",
                false,
                "trusted",
                true,
                "signed-by",
                "keys/ours.asc"));

    List<String> asked = asked();

    assertTrue(asked.contains("--no-check-gpg"), asked.toString());
    assertTrue(
        asked.contains("--keyring=" + build.root().path() + "/etc/apt/keyrings/ours.asc"),
        asked.toString());
    assertFalse(asked.contains("--keyring=/keys/other.gpg"), asked.toString());
  }

  @Test
  void whatDebootstrapLacksIsReported() {
    build.machine().withMissing("mmdebstrap");
    manifest.with("packages.mirror", Map.of("url", MIRROR, "snapshot", "20260101T000000Z"));

    assertEquals(
        "debootstrap has no snapshot, which the manifest sets for the mirror "
            + MIRROR
            + ". Install mmdebstrap, which is then used instead",
        refused());
  }

  @Test
  void debootstrapHasNoFingerprints() {
    build.machine().withMissing("mmdebstrap");
    manifest.with(
        "packages.mirror",
        Map.of("url", MIRROR, "signed-by", "0123456789ABCDEF0123456789ABCDEF01234567"));

    String message = refused();

    assertTrue(message.startsWith("debootstrap has no signed-by with fingerprints"), message);
  }
}
