/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.common.filesystem.CreateRoot;
import org.bootstrapvz.common.filesystem.ReleaseRoot;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.common.workspace.ReplacedArtefact;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderVolumeTest {
  private static final long NO_MEMORY = 0;
  private static final long MUCH_MEMORY = 16L << 30;

  @TempDir Path folder;
  private Path target;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    target = folder.resolve("image.folder");
    TestManifest manifest =
        new TestManifest()
            .with("volume.backing", "folder")
            .with("volume.partitions.type", "none")
            .withPartition("root", "1GiB", "ext4");
    // The mount commands succeed, but nothing is mounted.
    TestSandbox sandbox = new TestSandbox().running().answering("mount").answering("umount");
    build = new TestBuild(manifest, folder, sandbox);
    build.with(ReplacedArtefact.TYPE, new ReplacedArtefact());
  }

  @Test
  void aRootInMemoryIsCopiedToTheDiskAndDelivered() throws Exception {
    build(MUCH_MEMORY);

    assertEquals(List.of(target), build.delivered());
    assertEquals("web", Files.readString(target.resolve("etc/hostname")));
    assertEquals(Path.of("hostname"), Files.readSymbolicLink(target.resolve("etc/name")));
    assertTrue(Files.exists(build.workspace().resolve("tree/root/etc/hostname")));
    build.close();
    assertEquals("web", Files.readString(target.resolve("etc/hostname")));
  }

  @Test
  void aRootOnTheDiskIsMoved() throws Exception {
    build(NO_MEMORY);

    assertEquals(List.of(target), build.delivered());
    assertEquals("web", Files.readString(target.resolve("etc/hostname")));
    assertFalse(Files.exists(build.workspace().resolve("tree/root")));
  }

  @Test
  void anOlderDirectoryIsReplacedCompletely() throws Exception {
    Files.createDirectories(target.resolve("etc"));
    Files.writeString(target.resolve("etc/of-yesterday"), "");

    build(MUCH_MEMORY);

    assertEquals("web", Files.readString(target.resolve("etc/hostname")));
    assertFalse(Files.exists(target.resolve("etc/of-yesterday")));
  }

  @Test
  void aFileOfThatNameIsNotReplaced() throws Exception {
    Files.writeString(target, "mine");

    BuildException e = assertThrows(BuildException.class, () -> build(MUCH_MEMORY));

    assertEquals(
        "The image cannot be delivered: " + target + " is a file. Move it out of the way",
        e.getMessage());
    assertEquals("mine", Files.readString(target));
  }

  @Test
  void anOlderDirectoryIsRestoredIfTheNewOneCannotBeMoved() throws Exception {
    Files.createDirectories(target);
    Files.writeString(target.resolve("of-yesterday"), "");
    // A directory cannot be moved below itself.
    build.provide(RootFolder.class, new RootFolder(folder));

    assertThrows(BuildException.class, () -> new MoveFolder().run(build));

    build.close();
    assertEquals(List.of(), build.delivered());
    assertTrue(Files.exists(target.resolve("of-yesterday")));
  }

  @Test
  void anOlderDirectoryIsRestoredIfTheProcessDiesBeforeTheNewOneIsInItsPlace() throws Exception {
    Path aside = folder.resolve(".image.folder-older");
    Files.createDirectories(aside);
    Files.writeString(aside.resolve("of-yesterday"), "");
    Map<String, String> journalled = Map.of("place", target.toString(), "aside", aside.toString());
    build.acquire(new ResourceSpec(ReplacedArtefact.TYPE, journalled, "older folder"), () -> {});

    build.close();

    assertTrue(Files.exists(target.resolve("of-yesterday")));
    assertFalse(Files.exists(aside));
  }

  private void build(long memory) throws Exception {
    build.machine().withMemory(memory);
    new PlanFolder().run(build);
    new CreateRoot().run(build);
    build.root().write("etc/hostname", "web");
    build.root().symlink("etc/name", "hostname");
    new UnmountRoot().run(build);
    new CopyFolder().run(build);
    new ReleaseRoot().run(build);
    new MoveFolder().run(build);
  }
}
