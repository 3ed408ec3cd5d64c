/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCheckerTest {
  @TempDir Path folder;

  /** Reads a manifest and checks none. */
  private static final class OnlyRead implements ManifestReader {
    @Override
    public Optional<Manifest> read(ManifestSource source, VolumeTypes types, Problems problems) {
      return Optional.of(new TestManifest().withFile(source.file()));
    }

    @Override
    public Manifest check(Manifest manifest, String path, URL schema, Problems problems) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Manifest restore(ManifestContent content, VolumeTypes types) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String schema(VolumeTypes types) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String schema(URL schema, VolumeTypes types) {
      throw new UnsupportedOperationException();
    }
  }

  /** The package of this class has no schema.json. */
  private static final class WithoutSchema implements Plugin {
    @Override
    public void check(Manifest manifest, Problems problems) {
      problems.error(manifest.at("name"), "It is called", "");
    }

    @Override
    public void selectTasks(TaskSet tasks, Manifest manifest) {}
  }

  @Test
  void anExtensionWithoutASchemaIsCheckedByItsCode() {
    ManifestChecker checker = new ManifestChecker(new OnlyRead(), folder);
    checker.checkPlugin("note", "{}", new WithoutSchema());
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(checker.problems().get(0).contains("It is called"), checker.problems().toString());
  }

  @Test
  void withoutADistributionTheMessageNamesTheProperty() {
    IllegalStateException problem =
        assertThrows(IllegalStateException.class, () -> new ManifestChecker(folder));
    assertEquals(
        "The system property bootstrapvz.home names no distribution of bootstrap-vz: null",
        problem.getMessage());
  }
}
