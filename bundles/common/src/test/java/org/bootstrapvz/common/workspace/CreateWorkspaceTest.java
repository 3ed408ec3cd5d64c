/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.TestSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateWorkspaceTest {
  @TempDir Path folder;
  private TestBuild build;

  @BeforeEach
  void open() throws Exception {
    build = new TestBuild(new TestManifest(), folder);
    Files.delete(build.workspace());
  }

  @Test
  void theWorkspaceIsDeletedWithTheBuildWhateverItContains() throws Exception {
    new CreateWorkspace().run(build);
    Files.createDirectories(build.workspace().resolve("forgotten/by"));
    Files.writeString(build.workspace().resolve("forgotten/by/a-task"), "");

    build.close();

    assertFalse(Files.exists(build.workspace()));
    assertTrue(Files.exists(folder));
  }

  @Test
  void aFileWhereTheWorkspaceShouldBeIsNamed() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    TestBuild other = new TestBuild(new TestManifest(), images, new TestSandbox());
    Files.delete(other.workspace());
    Files.delete(images);
    Files.writeString(images, "");

    assertEquals(
        "bootstrapper.workspace is " + images + ", but there is a file of that name",
        assertThrows(BuildException.class, () -> new CreateWorkspace().run(other)).getMessage());
  }

  @Test
  void aMissingWorkspaceIsCreated() throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    TestBuild other = new TestBuild(new TestManifest(), images, new TestSandbox());
    Files.delete(other.workspace());
    Files.delete(images);

    new CreateWorkspace().run(other);

    assertTrue(Files.isDirectory(other.workspace()));
  }

  @Test
  void aWorkspaceThatOthersCanWriteToIsAWarning() throws Exception {
    new CreateWorkspace().run(build);
    assertEquals(List.of(), build.warnings());
    Path images = Files.createDirectory(folder.resolve("images"));
    Files.setPosixFilePermissions(images, PosixFilePermissions.fromString("rwxrwxrwx"));
    TestBuild other = new TestBuild(new TestManifest(), images, new TestSandbox());
    Files.delete(other.workspace());

    new CreateWorkspace().run(other);

    assertEquals(1, other.warnings().size());
    String warning = other.warnings().get(0);
    assertTrue(
        warning.startsWith("bootstrapper.workspace: The directory " + images.toRealPath()),
        warning);
    assertTrue(warning.contains("mode 0777"), warning);
  }
}
