/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.packages.Preference;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptTasksTest {
  private static final Source SOURCE =
      Source.parse("main", "deb http://mirror.example.org/debian trixie main");

  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
  }

  /** The command lines of apt-get, without options before its subcommand. */
  private List<String> aptGet() {
    return build.host().imageCommands().stream()
        .map(command -> String.join(" ", command.arguments()))
        .map(line -> line.replaceFirst(".* --yes ", ""))
        .toList();
  }

  @Test
  void mirrorsOfTheManifestComeBeforeThoseOfTheHost() throws Exception {
    manifest
        .with("packages.mirror", "http://mirror.example.org/debian/")
        .with("packages.security", "http://security.example.org/debian-security");

    new FindMirrors().run(build);

    assertEquals(
        new Mirrors(
            "http://mirror.example.org/debian",
            Optional.of("http://security.example.org/debian-security")),
        build.require(Mirrors.class));
    assertEquals(List.of(), build.warnings());
  }

  @Test
  void aMirrorOfTheManifestWithoutASecurityArchiveIsAWarning() throws Exception {
    manifest.with("packages.mirror", "http://mirror.example.org/debian");

    new FindMirrors().run(build);

    assertEquals(Optional.empty(), build.require(Mirrors.class).security());
    assertEquals(
        List.of(
            "The image gets no security updates: neither packages.security nor this host's APT configuration names a security archive"),
        build.warnings());
  }

  @Test
  void sourcesKeepTheOrderOfTheManifestAndHaveTheirVariablesExpanded() throws Exception {
    manifest.with(
        "packages.sources",
        Map.of(
            "tools-{system.release}",
            List.of(
                "deb {apt_mirror} {system.release}-backports main",
                "deb-src {apt_security} {system.release}-security main")));
    build.provide(Mirrors.class, new Mirrors("http://a.example.org/d", Optional.of("file:/s")));

    new AddManifestSources().run(build);

    List<Source> sources = build.all(Source.class);
    assertEquals(
        List.of(
            "deb http://a.example.org/d trixie-backports main",
            "deb-src file:/s trixie-security main"),
        sources.stream().map(Source::line).toList());
    assertEquals("tools-trixie", sources.get(0).list());
  }

  @Test
  void aSourceThatIsInvalidAfterExpansionIsReportedWithItsLocation() {
    manifest.with("packages.sources", Map.of("a", List.of("{system.release} {apt_mirror}")));
    build.provide(Mirrors.class, new Mirrors("http://a.example.org/d", Optional.empty()));

    String message =
        assertThrows(BuildException.class, () -> new AddManifestSources().run(build)).getMessage();

    assertTrue(message.startsWith("manifest.yml: packages.sources.a.0: "), message);
    assertTrue(message.contains("\"trixie http://a.example.org/d\" is not a source"), message);
  }

  @Test
  void pinsAreWrittenIntoTheFilesTheManifestNames() throws Exception {
    manifest.with(
        "packages.preferences",
        Map.of(
            "main",
            List.of(
                Map.of("package", "*", "pin", "release a=trixie", "pin-priority", 700),
                Map.of("package", "vim git", "pin", "version 9*", "pin-priority", -1))));
    new AddManifestPreferences().run(build);
    build.provide(Preference.class, new Preference("tools", "tool", "origin example.org", 900));

    new WritePreferences().run(build);

    assertEquals(
        """
        Package: *
        Pin: release a=trixie
        Pin-Priority: 700

        Package: vim git
        Pin: version 9*
        Pin-Priority: -1

        """,
        build.root().read("etc/apt/preferences"));
    assertEquals(
        "Package: tool\nPin: origin example.org\nPin-Priority: 900\n\n",
        build.root().read("etc/apt/preferences.d/tools"));
  }

  @Test
  void snippetsOfConfigurationAreWhereAptReadsThem() throws Exception {
    manifest
        .with(List.of("packages", "apt.conf.d", "main"), "Acquire::Retries \"3\";")
        .with(List.of("packages", "apt.conf.d", "00languages"), "Acquire::Languages \"none\";");

    new WriteConfiguration().run(build);

    assertEquals("Acquire::Retries \"3\";\n", build.root().read("etc/apt/apt.conf"));
    assertEquals(
        "Acquire::Languages \"none\";\n", build.root().read("etc/apt/apt.conf.d/00languages"));
  }

  @Test
  void listsThatTheBaseSystemWasJustInstalledFromAreNotFetchedAgain() throws Exception {
    build.provide(Source.class, SOURCE);
    build.provide(
        Bootstrapped.class, new Bootstrapped(List.of(BootstrapSource.identity(SOURCE)), true));
    build.root().write("etc/apt/apt.conf.d/01autoremove", "");

    new AptUpdate().run(build);
    new AptUpgrade().run(build);

    assertEquals(List.of(), aptGet());
  }

  @Test
  void withAnAdditionalSourceListsAreFetchedAndTheBaseSystemIsUpgraded() throws Exception {
    build.provide(Source.class, SOURCE);
    build.provide(Source.class, Source.parse("more", "deb http://more.example.org/apt ./"));
    build.provide(
        Bootstrapped.class, new Bootstrapped(List.of(BootstrapSource.identity(SOURCE)), true));

    new AptUpdate().run(build);
    new AptUpgrade().run(build);

    assertEquals(List.of("update", "--fix-broken install", "upgrade"), aptGet());
  }

  @Test
  void aSourceOfTheFilesOfTheHostIsNamedIfAptDoesNotFindIt() throws Exception {
    build.provide(Source.class, SOURCE);
    build.provide(Source.class, Source.parse("acme", "deb [trusted=yes] file:/srv/repo ./"));
    build.provide(Bootstrapped.class, new Bootstrapped(List.of(), true));
    build
        .host()
        .answering(
            command -> command.arguments().contains("update"),
            command ->
                TestSandbox.result(
                    100,
                    "E: The repository 'file:/srv/repo ./' does not have a Release file.",
                    "  File not found - /srv/repo/./Packages (2: No such file or directory)"));

    assertEquals(
        "The source \"deb [trusted=yes] file:/srv/repo ./\" is not in the image: apt in the image"
            + " does not see the files of this host. Serve the directory by HTTP, or name its"
            + " package files in packages.install",
        assertThrows(BuildException.class, () -> new AptUpdate().run(build)).getMessage());
  }

  @Test
  void withAConfigurationOfAptInTheManifestListsAreFetchedWithIt() throws Exception {
    build.provide(Source.class, SOURCE);
    build.provide(
        Bootstrapped.class, new Bootstrapped(List.of(BootstrapSource.identity(SOURCE)), true));
    build.root().write("etc/apt/apt.conf.d/00languages", "");

    new AptUpdate().run(build);

    assertFalse(build.require(PackageLists.class).unchanged());
  }

  @Test
  void servicesDoNotStartWhileTheImageIsBuiltAndDoAfterwards() throws Exception {
    new DisableDaemonAutostart().run(build);

    Path policy = folder.resolve("root/usr/sbin/policy-rc.d");
    assertEquals(101, new ProcessBuilder(policy.toString(), "ssh", "start").start().waitFor());

    new EnableDaemonAutostart().run(build);

    assertFalse(Files.exists(policy));
  }

  @Test
  void unneededPackagesArePurged() throws Exception {
    new PurgeUnusedPackages().run(build);

    assertEquals(List.of("apt-get autoremove --purge --yes"), build.host().imageCommandLines());
  }

  @Test
  void downloadedPackagesAndListsDoNotGetIntoTheImageButTheirFoldersStay() throws Exception {
    build.root().write("var/lib/apt/lists/mirror_InRelease", "");
    build.root().write("var/lib/apt/lists/partial/mirror_Packages", "");
    build.root().write("var/lib/apt/lists/lock", "", 0640);
    build.root().write("var/cache/apt/archives/vim.deb", "");
    build.root().write("var/cache/apt/pkgcache.bin", "");
    build.root().write("var/cache/apt/srcpkgcache.bin", "");

    new AptClean().run(build);

    assertEquals(List.of("lock", "partial"), build.root().list("var/lib/apt/lists"));
    assertEquals(List.of(), build.root().list("var/lib/apt/lists/partial"));
    assertEquals(List.of(), build.root().list("var/cache/apt/archives"));
    assertEquals(List.of("archives"), build.root().list("var/cache/apt"));
  }
}
