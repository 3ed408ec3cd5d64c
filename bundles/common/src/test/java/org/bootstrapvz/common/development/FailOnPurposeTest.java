/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailOnPurposeTest {
  @TempDir Path folder;

  @Test
  void theFailureSaysThatItIsIntended() throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), folder);

    assertEquals(
        "The task development.FailOnPurpose fails, as intended",
        assertThrows(BuildException.class, () -> new FailOnPurpose().run(build)).getMessage());
  }
}
