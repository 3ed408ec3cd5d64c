/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkPropertiesTest {

  private final Properties system = new Properties();
  @TempDir private Path folder;

  private Map<String, String> read(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("framework.properties"), String.join("\n", lines));
    return FrameworkProperties.read(file, Path.of("/cache"), system);
  }

  @Test
  void aVariableExpandsToAnotherPropertyOfTheFile() throws Exception {
    Map<String, String> values =
        read("felix.a=1", "felix.b=${felix.a}-${felix.a}", "felix.c=<${felix.b}>");
    assertEquals("<1-1>", values.get("felix.c"));
  }

  @Test
  void aVariableExpandsToASystemProperty() throws Exception {
    system.setProperty("java.io.tmpdir", "/tmp");
    assertEquals("/tmp/x", read("felix.a=${java.io.tmpdir}/x").get("felix.a"));
  }

  @Test
  void systemPropertiesOfBootstrapVzOverrideTheFile() throws Exception {
    system.setProperty("bootstrapvz.deploy", "/srv/plugins");
    Map<String, String> values =
        read("bootstrapvz.deploy=/opt/deploy", "felix.fileinstall.dir=${bootstrapvz.deploy}");
    assertEquals("/srv/plugins", values.get("felix.fileinstall.dir"));
  }

  @Test
  void systemPropertiesOfBootstrapVzArePassedOnEvenIfTheFileDoesNotHaveThem() throws Exception {
    system.setProperty("bootstrapvz.state", "/var/lib/x");
    system.setProperty("user.language", "de");
    Map<String, String> values = read("felix.a=1");
    assertEquals("/var/lib/x", values.get("bootstrapvz.state"));
    assertFalse(values.containsKey("user.language"));
  }

  @Test
  void theFileCanNameTheCache() throws Exception {
    assertEquals("/cache/tmp", read("felix.a=${org.osgi.framework.storage}/tmp").get("felix.a"));
  }

  @Test
  void anUnknownVariableIsNamedWithItsProperty() {
    LaunchException e = assertThrows(LaunchException.class, () -> read("felix.a=${nowhere}"));
    assertEquals(
        folder.resolve("framework.properties")
            + ": The property felix.a refers to nowhere, which is not set.",
        e.getMessage());
  }

  @Test
  void aCycleOfVariablesIsRefused() {
    LaunchException e =
        assertThrows(LaunchException.class, () -> read("felix.a=${felix.b}", "felix.b=${felix.a}"));
    assertEquals(true, e.getMessage().endsWith("refers to itself."));
  }

  @Test
  void aVariableWithoutItsEndIsRefused() {
    LaunchException e = assertThrows(LaunchException.class, () -> read("felix.a=${b"));
    assertEquals(true, e.getMessage().endsWith("The property felix.a has a ${ without its }."));
  }

  @Test
  void unknownRepeatedAndEmptyPropertiesAreReportedWithTheirLines() {
    LaunchException e =
        assertThrows(
            LaunchException.class,
            () ->
                read(
                    "# a comment \\",
                    "bootstrapvz.deploi=x",
                    "felix.a=1,\\",
                    "  2",
                    "",
                    "felx.a=1",
                    "bootstrapvz.deploy=",
                    "bootstrapvz.start.4=x",
                    "felix.a=3"));
    String file = folder.resolve("framework.properties").toString();
    assertEquals(
        file
            + ":2: bootstrapvz.deploi: Unknown property; valid ones are bootstrapvz.bundles,"
            + " bootstrapvz.start, bootstrapvz.start.NUMBER, bootstrapvz.deploy,"
            + " bootstrapvz.watched\n"
            + file
            + ":6: felx.a: Unknown property; its name must start with felix., org.apache.felix.,"
            + " org.osgi., ds. or gosh.\n"
            + file
            + ":7: bootstrapvz.deploy: The value is missing; remove the line for the default\n"
            + file
            + ":9: felix.a: The property is a duplicate; remove one of them",
        e.getMessage());
  }
}
