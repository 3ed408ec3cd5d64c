/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleContentTest {
  private static final String PLUGIN =
      """
      <component name="a.NotePlugin">
        <implementation class="a.NotePlugin"/>
        <service><provide interface="org.bootstrapvz.api.extension.Plugin"/></service>
        <property name="bootstrapvz.plugin.name" value="note"/>
        <property name="bootstrapvz.plugin.description" value="Leaves a note"/>
      </component>
      """;
  private static final String TASK =
      """
      <component name="a.%s">
        <implementation class="a.%s"/>
        <service><provide interface="org.bootstrapvz.api.task.Task"/></service>
        <property name="bootstrapvz.task.description" value="Doing it"/>
        <property name="bootstrapvz.task.phase" value="%s"/>
        <property name="bootstrapvz.task.predecessors">%s</property>
      </component>
      """;

  @TempDir Path folder;
  private String manifest =
      """
      Manifest-Version: 1.0
      Bundle-SymbolicName: a
      Bundle-Version: 1.0.0
      Import-Package: org.bootstrapvz.api.task;version="[1.0,2)",java.util
      Provide-Capability: org.bootstrapvz.plugin;org.bootstrapvz.plugin=note
      """;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(folder.resolve("META-INF"));
    Files.createDirectory(folder.resolve("OSGI-INF"));
    component("plugin", PLUGIN);
  }

  private void component(String name, String xml) throws IOException {
    Files.writeString(folder.resolve("OSGI-INF").resolve(name + ".xml"), xml);
  }

  private void task(String name, String phase, String predecessors) throws IOException {
    component(name, TASK.formatted(name, name, phase, predecessors));
  }

  private BundleContent content() throws IOException {
    Files.writeString(folder.resolve("META-INF/MANIFEST.MF"), manifest);
    return BundleContent.of(folder);
  }

  @Test
  void aCompleteBundleHasNoProblemsAndItsTasksAnOrder() throws IOException {
    task("First", "PREPARATION", "");
    task("A", "SYSTEM_MODIFICATION", "\na.First\na.Z\norg.other.Task\n");
    task("Z", "SYSTEM_MODIFICATION", "");

    assertEquals(List.of(), content().problems());
    assertEquals(
        List.of("a.First", "a.Z", "a.A"),
        content().tasksInOrder().stream().map(Declared::implementation).toList());
  }

  @Test
  void aCycleAndAContradictionOfPhasesAreReported() throws IOException {
    task("Late", "CLEANING", "");
    task("Early", "PREPARATION", "a.Late");
    task("A", "SYSTEM_MODIFICATION", "a.B");
    task("B", "SYSTEM_MODIFICATION", "a.A");

    assertEquals(
        List.of(
            "a.Late must run before a.Early, but its phase comes later",
            "These tasks order themselves in a circle: a.A, a.B"),
        content().problems());
  }

  @Test
  void errorsInTheManifestAreReported() throws IOException {
    manifest =
        """
        Manifest-Version: 1.0
        Bundle-SymbolicName: a
        Import-Package: org.bootstrapvz.engine,org.bootstrapvz.api.task
        DynamicImport-Package: *
        """;

    assertEquals(
        List.of(
            "The manifest has no Bundle-Version",
            "The manifest has a DynamicImport-Package; import the packages that are needed",
            "org.bootstrapvz.engine is imported, but only org.bootstrapvz.api, cli, cloud and"
                + " common are for others",
            "org.bootstrapvz.engine is imported in any version; import a range such as [1.0,2)",
            "org.bootstrapvz.api.task is imported in any version; import a range such as [1.0,2)",
            "The manifest does not offer the capability org.bootstrapvz.plugin=note"),
        content().problems());
  }

  @Test
  void aTaskWithoutAPhaseOrWithAnInvalidCommandIsReported() throws IOException {
    component(
        "task",
        TASK.formatted("T", "T", "SOMETIME", "")
            .replace("Doing it", "")
            .replace(
                "</component>",
                "<property name=\"bootstrapvz.task.commands\" value=\"tar\"/></component>"));

    assertEquals(
        List.of(
            "a.T: \"\" is not a short description",
            "a.T: there is no phase [SOMETIME]",
            "a.T: A host command is written \"command (package)\", not \"tar\""),
        content().problems());
  }
}
