/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartLevelsTest {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "bootstrapvz.start", "3",
          "bootstrapvz.start.1", "org.osgi., org.apache.felix.scr-",
          "bootstrapvz.start.8", "org.apache.felix.fileinstall-",
          "bootstrapvz.started", "not ours");

  @Test
  void aFileStartsAtTheLevelOfItsPrefix() throws Exception {
    StartLevels levels = new StartLevels(PROPERTIES);
    assertEquals(1, levels.of(Path.of("/x/bundles/org.apache.felix.scr-2.2.18.jar")));
    assertEquals(1, levels.of(Path.of("/x/bundles/org.osgi.util.promise-1.3.0.jar")));
    assertEquals(8, levels.of(Path.of("/x/bundles/org.apache.felix.fileinstall-3.7.4.jar")));
  }

  @Test
  void aFileWithoutAMatchingPrefixStartsAtTheDefaultLevel() throws Exception {
    StartLevels levels = new StartLevels(PROPERTIES);
    assertEquals(3, levels.of(Path.of("/x/org.osgi.folder/jheaps-0.14.jar")));
    assertEquals(3, levels.ofOthers());
  }

  @Test
  void theFrameworkStartsAtTheHighestLevel() throws Exception {
    assertEquals(8, new StartLevels(PROPERTIES).highest());
    assertEquals(1, new StartLevels(Map.of()).highest());
  }

  @Test
  void aLevelThatIsNotANumberIsRefused() {
    LaunchException e =
        assertThrows(
            LaunchException.class, () -> new StartLevels(Map.of("bootstrapvz.start.early", "x")));
    assertEquals(
        "The property bootstrapvz.start.early: early is not a start level; it should be a number"
            + " from 1.",
        e.getMessage());
  }
}
