/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.AddDefaultSources;
import org.bootstrapvz.common.apt.Mirrors;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
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

  /** The sources that mmdebstrap reads. */
  private List<String> lines() {
    return build.host().commands().get(0).input().orElseThrow().reveal().lines().toList();
  }

  @Test
  void theReleaseComesFromTheMirrorAndItsSignatureIsChecked() throws Exception {
    List<String> asked = asked();

    assertEquals("mmdebstrap", asked.get(0));
    assertTrue(asked.contains("trixie"), asked.toString());
    assertEquals("-", asked.get(asked.size() - 1));
    assertEquals(
        List.of("deb " + MIRROR + " trixie main", "deb " + MIRROR + " trixie-updates main"),
        lines());
  }

  @Test
  void temporaryFilesAreInTheDirectoryOfTheBuild() throws Exception {
    asked();

    Path temporary = build.workspace().resolve("tmp");
    assertEquals(temporary.toString(), build.host().commands().get(0).environment().get("TMPDIR"));
    // The user _apt of the build host writes there.
    assertEquals(01777, (int) Files.getAttribute(temporary, "unix:mode") & 07777);
  }

  @Test
  void anUnsignedReleaseIsAcceptedIfTheManifestAllowsIt() throws Exception {
    manifest.with("bootstrapper.no-check-gpg", true);

    asked();

    assertTrue(lines().get(1).contains("trusted=yes"), lines().toString());
    assertTrue(
        build.all(Source.class).stream().noneMatch(source -> source.line().contains("trusted")),
        "the image itself continues to verify signatures");
  }

  @Test
  void theBaseSystemMayHaveASeparateMirrorThatIsNotInTheImage() throws Exception {
    manifest.with("bootstrapper.mirror", "http://near.example.org/debian");

    asked();

    assertEquals(List.of("deb http://near.example.org/debian trixie main"), lines());
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

    asked();
    String line = lines().get(0);

    assertTrue(line.contains("check-valid-until=no") && line.contains("trusted=yes"), line);
  }

  @Test
  void theKeyOfAMirrorIsReadFromTheRoot() throws Exception {
    manifest.with("bootstrapper.mirror", Map.of("url", MIRROR, "signed-by", "keys/ours.asc"));
    build.root().write("etc/apt/keyrings/ours.asc", "key");

    asked();

    assertTrue(
        lines()
            .get(0)
            .startsWith("deb [signed-by=" + build.root().path() + "/etc/apt/keyrings/ours.asc] "),
        lines().toString());
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

    List<Command> commands = build.host().commands();
    String lines = commands.get(commands.size() - 1).input().orElseThrow().reveal();
    assertTrue(lines.contains("snapshot=20260101T000000Z"), lines);
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

  private static final String SECRET_MIRROR = "http://joe:Ca%40nary77@mirror.example.org/debian";

  @Test
  void thePasswordOfAMirrorReachesMmdebstrapInAFileOfRootOnly() throws Exception {
    manifest.with("bootstrapper.mirror", SECRET_MIRROR);
    List<String> seen = new ArrayList<>();
    build
        .host()
        .answering(
            command -> command.arguments().get(0).equals("mmdebstrap"),
            command -> {
              Path file = build.root().resolve(WriteSources.CREDENTIALS);
              seen.add(Files.readString(file));
              seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
              return TestSandbox.result(0);
            });

    List<String> asked = asked();

    assertEquals(
        List.of(
            "machine http://mirror.example.org/debian/ login joe password Ca@nary77\n",
            "rw-------"),
        seen);
    assertEquals(List.of("deb http://mirror.example.org/debian trixie main"), lines());
    assertFalse(asked.toString().contains("nary77"), asked.toString());
    assertFalse(build.logged().toString().contains("nary77"), build.logged().toString());
    assertFalse(
        build.root().exists(WriteSources.CREDENTIALS),
        "nor is it in the archive of the base system");
  }

  @Test
  void thePasswordIsDeletedIfTheBaseSystemCannotBeInstalled() throws Exception {
    manifest.with("bootstrapper.mirror", SECRET_MIRROR);
    build.host().failing("mmdebstrap", 1, "E: apt-get failed");

    refused();

    assertFalse(build.root().exists(WriteSources.CREDENTIALS));
  }

  @Test
  void debootstrapDoesNotGetAPassword() {
    build.machine().withMissing("mmdebstrap");
    manifest.with("bootstrapper.mirror", SECRET_MIRROR);

    assertEquals(
        "http://mirror.example.org/debian: debootstrap would show the password in the address of the"
            + " mirror to every user of this host, in its command line. Install mmdebstrap, which is"
            + " then used instead, or set bootstrapper.mirror to a mirror without a password",
        refused());
    assertEquals(List.of(), build.host().commandLines());
  }
}
