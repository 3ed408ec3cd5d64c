/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.tmpfs_workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.bootstrapvz.common.workspace.CreateWorkspace;
import org.bootstrapvz.common.workspace.Delivery;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;

class TmpfsWorkspacePluginTest extends PluginTest<TmpfsWorkspacePlugin> {
  TmpfsWorkspacePluginTest() {
    super("tmpfs_workspace", new TmpfsWorkspacePlugin(), new ManifestFiles());
  }

  @Test
  void itHasNoSettings() {
    assertOneProblem("{size: 4GiB}", "Unknown key `size`");
  }

  @Test
  void itReplacesTheWorkspaceOnTheDisk() {
    assertEquals(
        Set.of("CreateTmpFsWorkspace"),
        TestTaskSet.selectedBy(plugin, new TestManifest(), CreateWorkspace.class.getName())
            .names());
  }

  @Test
  void filesAreInMemoryUntilTheyAreMovedAndNothingStays() throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), directory);
    build.host().running();
    Files.delete(build.workspace());
    new CreateTmpFsWorkspace().run(build);
    Path memory = build.workspace().toRealPath();
    assertEquals("tmpfs", Files.getFileStore(memory).type());
    assertFalse(Files.readSymbolicLink(build.workspace()).isAbsolute());

    Files.writeString(build.workspace().resolve("image"), "an image");
    Path target = directory.resolve("image.raw");
    Delivery.move(build, build.workspace().resolve("image"), target);
    assertEquals("an image", Files.readString(target));
    build.close();
    assertFalse(Files.exists(memory));
    assertFalse(Files.exists(build.workspace(), LinkOption.NOFOLLOW_LINKS));
    assertEquals("an image", Files.readString(target));
  }
}
