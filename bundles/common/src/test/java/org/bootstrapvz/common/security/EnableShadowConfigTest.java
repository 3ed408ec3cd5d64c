/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnableShadowConfigTest {
  @TempDir Path folder;

  @Test
  void hashesAreMovedInTheImageNotOnTheBuildHost() throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), folder);

    new EnableShadowConfig().run(build);

    assertEquals(List.of("shadowconfig on"), build.host().imageCommandLines());
    assertEquals(List.of(), build.host().commandLines());
  }

  @Test
  void hashesThatStayReadableFailTheBuild() throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), folder);
    build.host().failing("shadowconfig", 1, "shadowconfig: failed");

    assertThrows(CommandException.class, () -> new EnableShadowConfig().run(build));
  }
}
