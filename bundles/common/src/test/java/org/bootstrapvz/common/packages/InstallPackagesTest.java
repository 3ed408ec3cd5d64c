/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.bootstrap.BootstrapPackage;
import org.bootstrapvz.common.bootstrap.ExcludePackagesInBootstrap;
import org.bootstrapvz.common.bootstrap.IncludePackagesInBootstrap;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallPackagesTest {
  @TempDir Path folder;
  private final TestManifest manifest = new TestManifest();
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(manifest, folder);
    build.provide(Bootstrapped.class, new Bootstrapped(List.of(), true));
  }

  private void request(String... packages) {
    for (String each : packages) {
      build.provide(PackageRequest.class, PackageRequest.parse(each));
    }
  }

  private List<String> installed() throws Exception {
    new InstallPackages().run(build);
    List<String> words = build.host().imageCommands().get(0).arguments();
    return words.subList(words.indexOf("install") + 1, words.size());
  }

  private String refused() {
    return assertThrows(BuildException.class, () -> new InstallPackages().run(build)).getMessage();
  }

  @Test
  void packagesAreInTheOrderOfTheRequestsWithoutDuplicates() throws Exception {
    build.provide(Source.class, Source.parse("b", "deb http://b.example.org/d trixie-backports a"));
    request("vim", "git", "vim", "git/trixie-backports", "curl/trixie");

    assertEquals(List.of("vim", "git/trixie-backports", "curl/trixie"), installed());
  }

  @Test
  void twoPackageFilesOfOneNameAreBothInstalled() throws Exception {
    List<LocalPackage> files = new ArrayList<>();
    for (String directory : List.of("a", "b")) {
      Path file = Files.createDirectory(folder.resolve(directory)).resolve("tool.deb");
      files.add(new LocalPackage(Files.writeString(file, directory)));
    }
    // A file that is listed twice is one package.
    files.add(files.get(0));
    files.forEach(file -> build.provide(LocalPackage.class, file));
    List<String> contents = new ArrayList<>();
    build
        .host()
        .answering(
            command -> command.arguments().contains("install"),
            command -> {
              for (String word : command.arguments()) {
                if (word.endsWith(".deb")) {
                  contents.add(build.root().read(word));
                }
              }
              return TestSandbox.result(0);
            });

    assertEquals(
        List.of(
            "/var/cache/apt/archives/local/tool.deb", "/var/cache/apt/archives/local/2/tool.deb"),
        installed());
    assertEquals(List.of("a", "b"), contents);
    assertFalse(build.root().exists("var/cache/apt/archives/local"));
  }

  @Test
  void aFileOfTheManifestIsKeptWithoutAQuestion() throws Exception {
    request("vim");

    new InstallPackages().run(build);

    List<String> words = build.host().imageCommands().get(0).arguments();
    assertTrue(
        words.containsAll(
            List.of("-oDpkg::Options::=--force-confdef", "-oDpkg::Options::=--force-confold")),
        words.toString());
  }

  @Test
  void aBaseSystemWithoutItsPrioritiesIsCompleted() throws Exception {
    TestBuild other = new TestBuild(manifest, Files.createDirectory(folder.resolve("other")));
    other.provide(Bootstrapped.class, new Bootstrapped(List.of(), false));
    build = other;
    request("vim");

    assertEquals(List.of("?priority(required)", "?priority(important)", "vim"), installed());
  }

  @Test
  void variantMinbaseExcludesPackagesOfPriorityImportant() throws Exception {
    manifest.with("bootstrapper.variant", "minbase");
    TestBuild other = new TestBuild(manifest, Files.createDirectory(folder.resolve("other")));
    other.provide(Bootstrapped.class, new Bootstrapped(List.of(), false));
    build = other;

    assertEquals(List.of("?priority(required)"), installed());
  }

  @Test
  void aBaseSystemWithAForeignKernelIsCompletedInTheArchitectureOfItsPrograms() throws Exception {
    manifest.with("system.userspace_architecture", "i386");
    TestBuild other = new TestBuild(manifest, Files.createDirectory(folder.resolve("other")));
    other.provide(Bootstrapped.class, new Bootstrapped(List.of(), false));
    build = other;

    assertEquals(
        "?and(?priority(required),?or(?architecture(all),?architecture(i386)))",
        installed().get(0));
  }

  @Test
  void packagesTheManifestIncludesOrExcludesShapeTheBaseSystem() throws Exception {
    manifest
        .with("bootstrapper.include_packages", List.of("netbase"))
        .with("bootstrapper.exclude_packages", List.of("nano"));

    new IncludePackagesInBootstrap().run(build);
    new ExcludePackagesInBootstrap().run(build);

    assertEquals(
        List.of(new BootstrapPackage("netbase", true), new BootstrapPackage("nano", false)),
        build.all(BootstrapPackage.class));
    assertEquals(List.of("nano-"), installed());
  }

  @Test
  void anExcludedPackageIsNotInstalledByItsPriority() throws Exception {
    TestBuild other = new TestBuild(manifest, Files.createDirectory(folder.resolve("other")));
    other.provide(Bootstrapped.class, new Bootstrapped(List.of(), false));
    other.provide(BootstrapPackage.class, new BootstrapPackage("nano", false));
    build = other;

    assertEquals(
        List.of(
            "?and(?priority(required),?not(?exact-name(nano)))",
            "?and(?priority(important),?not(?exact-name(nano)))",
            "nano-"),
        installed());
  }

  @Test
  void aPackageFileIsInstalledAndNotLeftInTheImage() throws Exception {
    Path file = Files.writeString(folder.resolve("tool.deb"), "deb");
    build.provide(LocalPackage.class, new LocalPackage(file));
    build
        .host()
        .answering(
            command -> command.arguments().contains("install"),
            command -> {
              assertEquals("deb", build.root().read("var/cache/apt/archives/local/tool.deb"));
              return TestSandbox.result(0);
            });

    assertEquals(List.of("/var/cache/apt/archives/local/tool.deb"), installed());
    assertFalse(build.root().exists("var/cache/apt/archives/local"));
  }

  @Test
  void twoReleasesForOnePackageAreAConflict() {
    build.provide(Source.class, Source.parse("b", "deb http://b.example.org/d trixie-backports a"));
    request("git/trixie", "git/trixie-backports");

    assertEquals("The package git is requested from trixie and from trixie-backports", refused());
  }

  @Test
  void aReleaseWithoutASourceIsNamed() {
    manifest.with("packages.install", List.of("vim", "git/sid"));
    request("git/sid");

    assertEquals(
        "The package git is requested from sid, but no source provides it (manifest.yml,"
            + " packages.install.1). Add one to packages.sources",
        refused());
  }

  @Test
  void packagesThatDoNotExistAreAllNamedWithTheirLocations() {
    manifest.with("packages.install", List.of("vim", "gti", "crul"));
    request("vim", "gti", "crul");
    build
        .host()
        .answering(
            command -> command.arguments().contains("install"),
            command ->
                TestSandbox.result(
                    100, "E: Unable to locate package gti", "E: Unable to locate package crul"));

    assertEquals(
        """
        There is no package gti in trixie (manifest.yml, packages.install.1)
        There is no package crul in trixie (manifest.yml, packages.install.2)
        Check the name and packages.components, which are main""",
        refused());
  }

  @Test
  void standardPackagesAreThoseOfThatPriorityExceptForExcludedOnes() throws Exception {
    build
        .host()
        .answering(
            "apt-cache dumpavail",
            "Package: bash",
            "Priority: required",
            "",
            "Package: man-db",
            "Version: 2",
            "Priority: standard",
            "",
            "Package: vim",
            "Priority: optional",
            "Description: not Priority: standard",
            "",
            "Package: bash-completion",
            "Priority: standard");
    build.provide(BootstrapPackage.class, new BootstrapPackage("bash-completion", false));

    new AddTaskselStandardPackages().run(build);

    assertEquals(List.of(PackageRequest.of("man-db")), build.all(PackageRequest.class));
  }

  @Test
  void aptIsNonInteractiveAndInstallsNoRecommendedPackages() throws Exception {
    request("vim");
    new InstallPackages().run(build);

    Command command = build.host().imageCommands().get(0);
    assertTrue(command.arguments().contains("--yes"), command.toString());
    assertTrue(command.arguments().contains("--no-install-recommends"), command.toString());
  }
}
