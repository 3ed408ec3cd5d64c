/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAccessTest {
  @TempDir private Path folder;

  @Test
  void aFolderThatEveryUserCanReachIsAWarningWithTheRemedy() throws Exception {
    Path parent = Files.createDirectory(folder.toRealPath().resolve("images"));
    Path image = Files.createDirectory(parent.resolve("image.folder"));
    for (Path each : List.of(folder, parent, image)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (Path each = folder.toRealPath(); each != null; each = each.getParent()) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
      assumeTrue(mode.endsWith("x"), each + " is not within reach of every user");
    }
    assertEquals(
        List.of(
            "Every user of this machine can run the programs in %s, some of them with the rights of their owner. To prevent that: chmod 700 %s"
                .formatted(image, parent)),
        warnings(image));

    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
    assertEquals(List.of(), warnings(image));

    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    assertEquals(List.of(), warnings(image), "a directory above is private");
  }

  private List<String> warnings(Path image) throws Exception {
    TestBuild build = new TestBuild(new TestManifest(), Files.createTempDirectory(folder, "build"));
    FolderAccess.warnIfOpen(build, image);
    return build.warnings();
  }
}
