/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.packages.Source;
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
}
