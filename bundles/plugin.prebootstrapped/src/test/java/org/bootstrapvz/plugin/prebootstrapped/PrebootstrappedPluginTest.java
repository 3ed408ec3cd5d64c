/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.prebootstrapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.common.bootstrap.Bootstrap;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrebootstrappedPluginTest extends PluginTest<PrebootstrappedPlugin> {
  PrebootstrappedPluginTest() {
    super("prebootstrapped", new PrebootstrappedPlugin(), new ManifestFiles());
  }

  private TestBuild build(String name, String settings) throws IOException {
    Manifest manifest = check(settings);
    TestBuild build = new TestBuild(manifest, Files.createDirectory(directory.resolve(name)));
    build.host().running().answering("dpkg --print-architecture", "amd64");
    return build;
  }

  private TestBuild installed() throws IOException {
    TestBuild build = build("first", "{}");
    build.root().write("etc/os-release", "ID=debian\nVERSION_CODENAME=trixie\n");
    build.root().write("usr/bin/tool", "tool", 0755);
    build.root().write("var/cache/apt/archives/tool.deb", "package");
    build.root().write(WriteSources.CREDENTIALS, "machine a login b password c", 0600);
    build.root().symlink("usr/sbin", "bin");
    return build;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{image: a, folder: b} | plugins.prebootstrapped:",
        "{image: [a]} | plugins.prebootstrapped.image:",
        "{snapshot: snap-1} | Builds no longer start from EC2 snapshots",
        "{archive: a} | Unknown key `archive`",
      })
  void invalidSettingsAreReported(String settings, String expected) {
    assertOneProblem(settings, expected);
  }

  @Test
  void withoutSettingsACopyIsStoredAndWithACopyItReplacesTheBaseSystem() {
    String base = Bootstrap.class.getName();
    assertEquals(
        Set.of("Bootstrap", "CopyImage"),
        TestTaskSet.selectedBy(plugin, check("{}"), base).names());
    assertEquals(
        Set.of("Bootstrap", "CopyFolder"),
        TestTaskSet.selectedBy(plugin, new TestManifest().with("volume.backing", "folder"), base)
            .names());
    assertEquals(
        Set.of("CheckCopy", "CreateFromImage"),
        TestTaskSet.selectedBy(plugin, check("{image: a.tar}"), base).names());
    assertEquals(
        Set.of("CheckCopy", "CreateFromFolder"),
        TestTaskSet.selectedBy(plugin, check("{folder: a}"), base).names());
  }

  private static void assertRestored(TestBuild build) throws Exception {
    assertEquals("tool", build.root().read("usr/sbin/tool"));
    assertTrue(Files.isExecutable(build.root().resolve("usr/bin/tool")));
    assertFalse(build.root().exists(WriteSources.CREDENTIALS), "a copy has no passwords");
    assertEquals(List.of(new Bootstrapped(List.of(), true)), build.all(Bootstrapped.class));
  }

  @Test
  void anArchiveContainsTheRootWithoutDownloadsAndIsDelivered() throws Exception {
    TestBuild first = installed();
    new CopyImage().run(first);
    Path archive = directory.resolve("first/prebootstrapped-12345678.tar");
    assertEquals(List.of(archive), first.delivered());
    first.close();
    TestBuild second = build("second", "{image: first/prebootstrapped-12345678.tar}");
    new CheckCopy().run(second);
    new CreateFromImage().run(second);
    assertRestored(second);
    assertEquals(List.of(), second.root().list("var/cache/apt/archives"));
  }

  @Test
  void aDirectoryContainsTheRootAndStays() throws Exception {
    TestBuild first = installed();
    new CopyFolder().run(first);
    first.close();
    TestBuild second = build("second", "{folder: first/prebootstrapped-12345678}");
    new CheckCopy().run(second);
    new CreateFromFolder().run(second);
    assertRestored(second);
  }

  @ParameterizedTest
  @CsvSource({
    "image,there is no file",
    "folder,is not a directory with a copy of a root",
  })
  void aMissingCopyIsReportedFirst(String key, String expected) throws Exception {
    TestBuild build = build("build", "{" + key + ": gone}");
    BuildException e = assertThrows(BuildException.class, () -> new CheckCopy().run(build));
    assertTrue(e.getMessage().contains(": plugins.prebootstrapped." + key + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void anInvalidArchiveIsRefused() throws Exception {
    Files.writeString(directory.resolve("a.tar"), "no archive at all");
    TestBuild build = build("build", "{image: a.tar}");
    BuildException e = assertThrows(BuildException.class, () -> new CreateFromImage().run(build));
    assertTrue(e.getMessage().contains("a.tar cannot be unpacked: tar: "), e.getMessage());
  }

  @Test
  void theCopyOfAnotherReleaseOrArchitectureIsRefused() throws Exception {
    Path copy = Files.createDirectories(directory.resolve("copy/etc"));
    Files.writeString(copy.resolve("os-release"), "VERSION_CODENAME=bookworm\n");
    TestBuild build = build("build", "{folder: copy}");
    BuildException e = assertThrows(BuildException.class, () -> new CreateFromFolder().run(build));
    assertTrue(
        e.getMessage()
            .contains("the copy is of the release bookworm, and the image is to have trixie"),
        e.getMessage());
    build.host().answering("dpkg --print-architecture", "i386");
    e = assertThrows(BuildException.class, () -> new CreateFromFolder().run(build));
    assertTrue(e.getMessage().contains("the copy is of the architecture i386"), e.getMessage());
  }
}
