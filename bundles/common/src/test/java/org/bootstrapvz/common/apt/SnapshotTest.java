/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final String SERVICE = "http://snapshot.example.org/archive";
  private static final String TIME = "20260101T000000Z";
  private static final String DEBIAN = SERVICE + "/debian/" + TIME;
  private static final String SECURITY = SERVICE + "/debian-security/" + TIME;
  private static final String KEYS = "signed-by=/usr/share/keyrings/debian-archive-keyring.gpg";

  @TempDir Path folder;
  private TestManifest manifest;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    manifest = new TestManifest();
    build = new TestBuild(manifest, folder);
  }

  private List<String> sources() throws Exception {
    new FindMirrors().run(build);
    new AddManifestSources().run(build);
    new AddDefaultSources().run(build);
    new WriteSources().run(build);
    return build.all(Source.class).stream().map(Source::line).toList();
  }

  private static TestManifest separate(TestManifest manifest) {
    return manifest
        .with("packages.snapshot", Map.of("time", TIME, "mirror", SERVICE + "/"))
        .with("packages.mirror", "http://mirror.example.org/debian")
        .with("packages.security", "http://mirror.example.org/debian-security");
  }

  @Test
  void theMirrorIsTheServiceAndTheImageKeepsTheSnapshotWithAWarning() throws Exception {
    manifest.with("packages.snapshot", TIME).with("packages.mirror", SERVICE);

    assertEquals(
        List.of(
            "deb [check-valid-until=no " + KEYS + "] " + DEBIAN + " trixie main",
            "deb [check-valid-until=no " + KEYS + "] " + SECURITY + " trixie-security main",
            "deb [check-valid-until=no " + KEYS + "] " + DEBIAN + " trixie-updates main"),
        sources());
    assertEquals(
        List.of(
            "deb [check-valid-until=no] " + DEBIAN + " trixie main",
            "deb [check-valid-until=no] " + SECURITY + " trixie-security main",
            "deb [check-valid-until=no] " + DEBIAN + " trixie-updates main"),
        build.all(BootstrapSource.class).stream().map(each -> each.source().line()).toList());
    assertEquals(
        List.of(
            "The image gets no updates: its sources are the snapshot 20260101T000000Z. To give it"
                + " those of a mirror, set packages.snapshot.time and packages.snapshot.mirror, and"
                + " packages.mirror to the mirror of the image"),
        build.warnings());
    assertFalse(LeaveSnapshot.isNeeded(manifest));
  }

  @Test
  void theSecurityArchiveMayHaveAServiceOfItsOwn() throws Exception {
    manifest
        .with("packages.snapshot", TIME)
        .with("packages.mirror", SERVICE)
        .with("packages.security", "http://other.example.org/s");

    assertTrue(
        sources().get(1).contains("http://other.example.org/s/debian-security/" + TIME),
        build.all(Source.class).toString());
  }

  @Test
  void anImageThatIsBuiltFromASnapshotGetsItsUpdatesFromItsMirrors() throws Exception {
    separate(manifest)
        .with(
            List.of("packages", "sources", "more"),
            List.of(
                "deb {apt_mirror} trixie-backports main", "deb http://other.example.org/d s main"));

    List<String> during = sources();

    assertEquals("deb [check-valid-until=no] " + DEBIAN + " trixie-backports main", during.get(0));
    assertTrue(
        build.root().read("etc/apt/sources.list.d/debian.sources").contains("URIs: " + DEBIAN));
    assertTrue(LeaveSnapshot.isNeeded(manifest));
    assertEquals(List.of(), build.warnings());

    new LeaveSnapshot().run(build);

    assertEquals(
        """
        Types: deb
        URIs: http://mirror.example.org/debian
        Suites: trixie trixie-updates
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        URIs: http://mirror.example.org/debian-security
        Suites: trixie-security
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
        """,
        build.root().read("etc/apt/sources.list.d/debian.sources"));
    assertEquals(
        """
        Types: deb
        URIs: http://mirror.example.org/debian
        Suites: trixie-backports
        Components: main

        Types: deb
        URIs: http://other.example.org/d
        Suites: s
        Components: main
        """,
        build.root().read("etc/apt/sources.list.d/more.sources"));
  }

  @Test
  void anOptionOfTheMirrorStaysWithTheMirrorOfTheImage() throws Exception {
    separate(manifest)
        .with(
            "packages.mirror",
            Map.of("url", "http://mirror.example.org/debian", "check-valid-until", false));
    sources();

    new LeaveSnapshot().run(build);

    String text = build.root().read("etc/apt/sources.list.d/debian.sources");
    assertEquals(2, text.split("Check-Valid-Until: no", -1).length, text);
    assertTrue(text.indexOf("Check-Valid-Until") < text.indexOf("-security"), text);
  }

  @Test
  void withoutASecurityArchiveTheImageHasNoSourceOfTheSnapshot() throws Exception {
    separate(manifest).without("packages.security");
    sources();

    new LeaveSnapshot().run(build);

    String text = build.root().read("etc/apt/sources.list.d/debian.sources");
    assertFalse(text.contains("snapshot"), text);
    assertTrue(build.warnings().get(0).startsWith("The image gets no security updates: "));
  }

  @Test
  void aServiceWithoutTheSecurityArchiveIsUsedForTheReleaseOnlyAndTheImageGetsSecurityUpdates()
      throws Exception {
    separate(manifest)
        .with("packages.snapshot", Map.of("time", TIME, "mirror", SERVICE, "security", false));

    assertEquals(
        List.of(
            "deb [check-valid-until=no " + KEYS + "] " + DEBIAN + " trixie main",
            "deb [check-valid-until=no " + KEYS + "] " + DEBIAN + " trixie-updates main"),
        sources());

    new LeaveSnapshot().run(build);

    assertEquals(
        """
        Types: deb
        URIs: http://mirror.example.org/debian
        Suites: trixie trixie-updates
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        URIs: http://mirror.example.org/debian-security
        Suites: trixie-security
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
        """,
        build.root().read("etc/apt/sources.list.d/debian.sources"));
  }

  @Test
  void withoutAMirrorInItTheMapMeansTheServiceOfTheManifest() throws Exception {
    manifest
        .with("packages.snapshot", Map.of("time", TIME, "security", false))
        .with("packages.mirror", SERVICE);

    assertEquals(
        List.of(
            "deb [check-valid-until=no " + KEYS + "] " + DEBIAN + " trixie main",
            "deb [check-valid-until=no " + KEYS + "] " + DEBIAN + " trixie-updates main"),
        sources());
    assertTrue(build.warnings().get(0).startsWith("The image gets no updates: "));
    assertFalse(LeaveSnapshot.isNeeded(manifest));
  }

  @Test
  void theOptionsOfTheMirrorHoldForTheSnapshotToo() throws Exception {
    separate(manifest)
        .with(
            "packages.mirror", Map.of("url", "http://mirror.example.org/debian", "trusted", true));

    assertTrue(sources().get(0).contains("trusted=yes"), build.all(Source.class).toString());
    assertTrue(build.all(BootstrapSource.class).get(0).source().line().contains("trusted=yes"));
  }

  @Test
  void thePasswordOfTheServiceIsNotInTheImage() throws Exception {
    separate(manifest)
        .with(
            "packages.snapshot",
            Map.of("time", TIME, "mirror", "http://joe:Canary77@snapshot.example.org/archive"))
        .with("packages.keep-credentials", true);
    sources();
    assertTrue(
        build
            .root()
            .read(WriteSources.CREDENTIALS)
            .contains("machine " + DEBIAN + "/ login joe password Canary77\n"));

    new LeaveSnapshot().run(build);

    assertFalse(build.root().exists(WriteSources.CREDENTIALS));
  }
}
