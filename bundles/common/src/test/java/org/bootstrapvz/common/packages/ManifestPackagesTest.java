/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.Mirrors;
import org.bootstrapvz.common.volume.UnsharedSandbox;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestPackagesTest {
  @TempDir private Path folder;
  private UnsharedSandbox sandbox;
  private TestManifest manifest;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(UnsharedSandbox.isPossible());
    sandbox = new UnsharedSandbox();
    manifest = new TestManifest().with("system.release", "bookworm");
    build = new TestBuild(manifest, folder, sandbox);
    build.provide(Mirrors.class, new Mirrors("http://mirror.example.org/debian", Optional.empty()));
  }

  @AfterEach
  void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private String packageFor(String architecture) throws Exception {
    Path tree = folder.resolve(architecture);
    Files.createDirectories(tree.resolve("DEBIAN"));
    Files.writeString(
        tree.resolve("DEBIAN/control"),
        "Package: tool\nVersion: 1\nArchitecture: "
            + architecture
            + "\nMaintainer: A <a@example.org>\nDescription: a tool\n");
    Path file = folder.resolve("tool_" + architecture + ".deb");
    sandbox.run(Command.of("dpkg-deb", "--build", tree.toString(), file.toString()));
    return file.toString();
  }

  private void install(String... items) {
    manifest.with("packages.install", List.of(items));
  }

  private String problem() {
    return assertThrows(BuildException.class, () -> new CheckLocalPackages().run(build))
        .getMessage();
  }

  @Test
  void aMissingPackageFileIsReportedWithItsLocation() {
    install("vim", folder + "/none.deb");

    assertEquals(
        "manifest.yml: packages.install.1: there is no file " + folder + "/none.deb", problem());
  }

  @Test
  void aPackageFileForAnotherArchitectureIsReportedWithItsLocation() throws Exception {
    String arm = packageFor("arm64");
    install(arm);

    assertEquals(
        "manifest.yml: packages.install.0: "
            + arm
            + " is a package for arm64, but the image is for amd64",
        problem());
  }

  @Test
  void aFileThatIsNotAPackageIsReportedWithItsLocation() throws Exception {
    Path file = Files.writeString(folder.resolve("a.deb"), "no package");
    install(file.toString());

    assertEquals(
        "manifest.yml: packages.install.0: " + file + " is not a Debian package", problem());
  }

  @Test
  void packageFilesForTheImageOrForAllAreAccepted() throws Exception {
    install(packageFor("amd64"), packageFor("all"));

    new CheckLocalPackages().run(build);
    new AddManifestPackages().run(build);

    assertEquals(2, build.all(LocalPackage.class).size());
  }

  @Test
  void aKernelOfAnotherArchitectureAddsThatToTheImage() throws Exception {
    manifest.with("system.userspace_architecture", "i386");
    install(packageFor("amd64"), packageFor("i386"));

    new CheckLocalPackages().run(build);
  }

  @Test
  void aTargetReleaseWithoutASourceIsReportedWithItsLocation() {
    build.provide(
        Source.class,
        Source.parse("main", "deb http://mirror.example.org/debian bookworm-updates main"));
    install("git/bookworm-backports");

    assertEquals(
        "manifest.yml: packages.install.0: no source provides bookworm-backports, from which git is requested; the sources provide bookworm, bookworm-updates. Add one to packages.sources",
        assertThrows(BuildException.class, () -> new AddManifestPackages().run(build))
            .getMessage());
  }

  @Test
  void aTargetReleaseWithASourceIsAccepted() throws Exception {
    build.provide(
        Source.class,
        Source.parse("main", "deb http://mirror.example.org/debian bookworm-backports main"));
    install("git/bookworm-backports", "vim/bookworm", "less");

    new AddManifestPackages().run(build);

    assertEquals(
        List.of("git/bookworm-backports", "vim/bookworm", "less"),
        build.all(PackageRequest.class).stream().map(PackageRequest::toString).toList());
  }
}
