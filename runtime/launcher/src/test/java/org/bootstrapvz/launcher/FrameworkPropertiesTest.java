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
    Map<String, String> values = read("a=1", "b=${a}-${a}", "c=<${b}>");
    assertEquals("<1-1>", values.get("c"));
  }

  @Test
  void aVariableExpandsToASystemProperty() throws Exception {
    system.setProperty("java.io.tmpdir", "/tmp");
    assertEquals("/tmp/x", read("a=${java.io.tmpdir}/x").get("a"));
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
    Map<String, String> values = read("a=1");
    assertEquals("/var/lib/x", values.get("bootstrapvz.state"));
    assertFalse(values.containsKey("user.language"));
  }

  @Test
  void theFileCanNameTheCache() throws Exception {
    assertEquals("/cache/tmp", read("a=${org.osgi.framework.storage}/tmp").get("a"));
  }

  @Test
  void anUnknownVariableIsNamedWithItsProperty() {
    LaunchException e = assertThrows(LaunchException.class, () -> read("a=${nowhere}"));
    assertEquals(
        folder.resolve("framework.properties")
            + ": The property a refers to nowhere, which is not set.",
        e.getMessage());
  }

  @Test
  void aCycleOfVariablesIsRefused() {
    LaunchException e = assertThrows(LaunchException.class, () -> read("a=${b}", "b=${a}"));
    assertEquals(true, e.getMessage().endsWith("refers to itself."));
  }

  @Test
  void aVariableWithoutItsEndIsRefused() {
    LaunchException e = assertThrows(LaunchException.class, () -> read("a=${b"));
    assertEquals(true, e.getMessage().endsWith("The property a has a ${ without its }."));
  }
}
