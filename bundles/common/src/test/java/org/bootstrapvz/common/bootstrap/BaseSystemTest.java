/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.BootstrapSource;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.volume.UnsharedSandbox;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseSystemTest {
  private static final String LINE = "deb http://mirror.example.org/debian bookworm main";

  @TempDir private Path folder;
  private UnsharedSandbox sandbox;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(UnsharedSandbox.isPossible());
    sandbox = new UnsharedSandbox();
  }

  @AfterEach
  void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private TestBuild build(TestManifest manifest, String... lines) throws Exception {
    TestBuild build =
        new TestBuild(manifest, Files.createTempDirectory(folder, "workspace"), sandbox);
    Files.createDirectories(folder.resolve("root"));
    build.provide(Root.class, sandbox.root(folder.resolve("root")));
    for (String line : lines) {
      build.provide(BootstrapSource.class, new BootstrapSource(Source.parse("main", line)));
    }
    return build;
  }

  private String name(Consumer<TestManifest> change, String... lines) throws Exception {
    TestManifest manifest = new TestManifest().with("system.release", "bookworm");
    change.accept(manifest);
    return BaseSystem.of(build(manifest, lines)).archiveName();
  }

  @Test
  void twoManifestsShareAnArchiveOnlyIfTheyHaveTheSameBaseSystem() throws Exception {
    String name = name(m -> {}, LINE);

    assertTrue(name.matches("base-bookworm-amd64-[0-9a-f]{16}\\.tar"), name);
    assertEquals(name, name(m -> m.with("system.hostname", "other"), LINE));
    assertNotEquals(name, name(m -> m.with("bootstrapper.variant", "minbase"), LINE));
    assertNotEquals(name, name(m -> m.with("system.userspace_architecture", "i386"), LINE));
    assertNotEquals(name, name(m -> m.with("bootstrapper.no-check-gpg", true), LINE));
    assertNotEquals(name, name(m -> {}, LINE.replace("main", "main contrib")));
    assertNotEquals(name, name(m -> {}, LINE.replace("mirror", "other")));
    assertNotEquals(name, name(m -> {}, LINE, LINE.replace("bookworm", "bookworm-updates")));
  }

  @Test
  void packagesAndTheConfigurationOfDpkgChangeTheArchive() throws Exception {
    String name = name(m -> {}, LINE);
    TestBuild build = build(new TestManifest(), LINE);
    build.provide(BootstrapPackage.class, new BootstrapPackage("vim", true));
    String withPackage = BaseSystem.of(build).archiveName();
    build.root().write("etc/dpkg/dpkg.cfg.d/docs", "path-exclude=/usr/share/doc/*\n");

    assertNotEquals(name, withPackage);
    assertNotEquals(withPackage, BaseSystem.of(build).archiveName());
  }

  @Test
  void anArchiveIsUnpackedAsItWasPacked() throws Exception {
    TestBuild build = build(new TestManifest(), LINE);
    build.root().write("usr/bin/tool", "#!/bin/sh\n", 04755);
    build.root().symlink("bin", "usr/bin");
    Path archive = folder.resolve("base.tar");
    BaseSystem.of(build).pack(archive);
    Files.createDirectories(folder.resolve("other"));
    TestBuild later =
        new TestBuild(new TestManifest(), Files.createTempDirectory(folder, "workspace"), sandbox);
    later.provide(Root.class, sandbox.root(folder.resolve("other")));

    BaseSystem.of(later).unpack(archive);

    Path tool = folder.resolve("other/usr/bin/tool");
    assertEquals(
        04755, (int) Files.getAttribute(tool, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777);
    assertEquals("usr/bin", Files.readSymbolicLink(folder.resolve("other/bin")).toString());
  }

  @Test
  void anExistingArchiveIsUsedAndUpgradedLater() throws Exception {
    TestBuild build = build(new TestManifest(), LINE);
    Path archive = build.workspace().resolveSibling(BaseSystem.of(build).archiveName());
    build.root().write("etc/debian_version", "12\n");
    BaseSystem.of(build).pack(archive);
    build.root().delete("etc");

    new MakeTarball().run(build);
    new Bootstrap().run(build);

    assertEquals("12\n", build.root().read("etc/debian_version"));
    assertEquals(List.of(), build.require(Bootstrapped.class).sources());
  }

  @Test
  void mmdebstrapDoesNotRequireArchTestForAnotherArchitecture() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mmdebstrap")));
    TestBuild build =
        build(
            new TestManifest().with("system.architecture", "riscv64"),
            "deb file://" + folder.resolve("none") + " trixie main");

    String message =
        assertThrows(BuildException.class, () -> BaseSystem.of(build).install()).getMessage();

    assertTrue(message.contains("apt-get update"), message);
  }

  @Test
  void aFailureToInstallTheBaseSystemIsReported() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mmdebstrap")));
    TestBuild build =
        build(new TestManifest(), "deb file://" + folder.resolve("none") + " bookworm main");

    String message =
        assertThrows(BuildException.class, () -> BaseSystem.of(build).install()).getMessage();

    assertTrue(message.startsWith("The command ended with status "), message);
    assertTrue(message.contains(folder.resolve("none").toString()), message);
  }

  @Test
  void aDamagedArchiveIsNamed() throws Exception {
    TestBuild build = build(new TestManifest(), LINE);
    Path archive = Files.writeString(folder.resolve("base.tar"), "x".repeat(2000));

    String message =
        assertThrows(BuildException.class, () -> BaseSystem.of(build).unpack(archive)).getMessage();

    assertTrue(
        message.startsWith("The archive of the base system " + archive + " cannot be unpacked: "),
        message);
    assertTrue(message.endsWith(". Delete it; the next build recreates it"), message);
  }
}
