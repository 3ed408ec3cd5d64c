/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.value.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  @TempDir Path folder;

  @Test
  void aDiskWithFreeSpaceIsAccepted() throws Exception {
    DiskSpace.require(folder, new Bytes(1), "the image");
  }

  @Test
  void aFullDiskIsReportedWithTheRequiredSpaceAndTheRemedy() {
    BuildException failure =
        assertThrows(
            BuildException.class,
            () -> DiskSpace.require(folder, Bytes.mebibytes(1L << 40), "the image"));

    String message = failure.getMessage();
    assertTrue(message.contains(folder.toString()), message);
    assertTrue(message.contains(" free, and the image needs about " + (1L << 20) + "TiB"), message);
    assertTrue(message.contains("bootstrapper.workspace"), message);
  }

  @Test
  void aFailureOnADiskWithFreeSpaceIsUnchanged() throws Exception {
    BuildException failure = new BuildException("x: No space left on device");

    assertSame(failure, DiskSpace.explain(failure, folder));
  }
}
