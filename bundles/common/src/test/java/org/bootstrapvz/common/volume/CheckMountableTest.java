/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckMountableTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "extlinux, ext4, Only root can make this image: the bootloader extlinux, such as grub",
    "grub, xfs, Only root can make this image: the filesystem xfs, and ext4"
  })
  void anUnprivilegedUserLearnsWhatRequiresRootAndTheAlternatives(
      String bootloader, String filesystem, String why, String instead) throws Exception {
    TestManifest manifest = new TestManifest().with("system.bootloader", bootloader);
    TestBuild build =
        new TestBuild(
            manifest.withPartition("root", "1GiB", filesystem), folder, new TestSandbox());

    BuildException failure =
        assertThrows(BuildException.class, () -> new CheckMountable().run(build));

    assertTrue(failure.getMessage().contains(why), failure.getMessage());
    assertTrue(failure.getMessage().contains(instead), failure.getMessage());
  }

  @Test
  void aUserWhoCanMountFilesPassesTheCheck() throws Exception {
    TestSandbox sandbox = new TestSandbox();
    TestManifest manifest = new TestManifest().withPartition("root", "1GiB", "xfs");
    TestBuild build = new TestBuild(manifest, folder, sandbox);
    build.machine().withMountableFiles();

    new CheckMountable().run(build);

    assertEquals(0, sandbox.commands().size());
  }
}
