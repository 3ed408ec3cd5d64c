/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.tmpfs_workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.bootstrapvz.common.workspace.CreateWorkspace;
import org.bootstrapvz.common.workspace.Delivery;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.ManifestDesk;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TmpfsWorkspacePluginTest {
  @TempDir Path folder;

  @Test
  void itHasNoSettings() {
    ManifestDesk desk = new ManifestDesk(new ManifestFiles(), folder);
    desk.checkPlugin("tmpfs_workspace", "{size: 4GiB}", new TmpfsWorkspacePlugin());
    assertTrue(desk.problems().get(0).contains("Unknown key `size`"), desk.problems().toString());
  }

  @Test
  void itTakesThePlaceOfTheWorkspaceOnTheDisk() {
    assertEquals(
        Set.of("CreateTmpFsWorkspace"),
        TestTaskSet.selectedBy(
                new TmpfsWorkspacePlugin(), new TestManifest(), CreateWorkspace.class.getName())
            .names());
  }

  @Test
  void whatIsMadeIsInMemoryUntilItIsMovedOutAndNothingStays() throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), folder);
    build.host().running();
    Files.delete(build.workspace());
    new CreateTmpFsWorkspace().run(build);
    Path memory = build.workspace().toRealPath();
    assertEquals("tmpfs", Files.getFileStore(memory).type());
    assertFalse(Files.readSymbolicLink(build.workspace()).isAbsolute());

    Files.writeString(build.workspace().resolve("image"), "an image");
    Path target = folder.resolve("image.raw");
    Delivery.move(build, build.workspace().resolve("image"), target);
    assertEquals("an image", Files.readString(target));
    build.close();
    assertFalse(Files.exists(memory));
    assertFalse(Files.exists(build.workspace(), LinkOption.NOFOLLOW_LINKS));
    assertEquals("an image", Files.readString(target));
  }
}
