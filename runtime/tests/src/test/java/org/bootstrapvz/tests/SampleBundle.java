/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.osgi.framework.BundleActivator;

/**
 * A bundle built by the test, like that of a third party: classes, component descriptions, a
 * manifest.
 */
final class SampleBundle {
  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  SampleBundle(String symbolicName, String version) {
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", version);
    main.putValue(
        "Import-Package",
        "org.bootstrapvz.api.task;version=\"[1,2)\",org.bootstrapvz.api.problem;version=\"[1,2)\","
            + "org.bootstrapvz.api.extension;version=\"[1,2)\",org.bootstrapvz.api.manifest;version=\"[1,2)\"");
  }

  SampleBundle importing(String clause) {
    Attributes main = manifest.getMainAttributes();
    main.putValue("Import-Package", main.getValue("Import-Package") + "," + clause);
    return this;
  }

  SampleBundle exporting(String clause) {
    manifest.getMainAttributes().putValue("Export-Package", clause);
    return this;
  }

  SampleBundle activator(Class<? extends BundleActivator> type) throws IOException {
    manifest.getMainAttributes().putValue("Bundle-Activator", type.getName());
    return importing("org.osgi.framework").type(type.getName());
  }

  SampleBundle provider(String name, Class<? extends Provider> type) throws IOException {
    return component(
        type,
        Provider.class,
        Map.of(
            "bootstrapvz.provider.name", name, "bootstrapvz.provider.description", "of the test"));
  }

  SampleBundle plugin(String name, Class<? extends Plugin> type) throws IOException {
    manifest
        .getMainAttributes()
        .putValue(
            "Provide-Capability", "org.bootstrapvz.plugin;org.bootstrapvz.plugin=\"" + name + "\"");
    return component(
        type,
        Plugin.class,
        Map.of("bootstrapvz.plugin.name", name, "bootstrapvz.plugin.description", "of the test"));
  }

  SampleBundle task(Class<? extends Task> type, Phase phase, String description)
      throws IOException {
    return task(type, phase, description, Map.of());
  }

  SampleBundle task(
      Class<? extends Task> type, Phase phase, String description, Map<String, String> more)
      throws IOException {
    Map<String, String> properties = new LinkedHashMap<>(more);
    properties.put("bootstrapvz.task.phase", phase.name());
    properties.put("bootstrapvz.task.description", description);
    return component(type, Task.class, properties);
  }

  /** Adds a bootloader, an image format or a filesystem, with the properties after their prefix. */
  <T> SampleBundle type(
      Class<T> service, Class<? extends T> type, String prefix, Map<String, String> properties)
      throws IOException {
    Map<String, String> prefixed = new LinkedHashMap<>();
    properties.forEach((name, value) -> prefixed.put(prefix + name, value));
    return component(type, service, prefixed);
  }

  private SampleBundle component(Class<?> type, Class<?> service, Map<String, String> properties)
      throws IOException {
    return service(type, service.getName(), properties);
  }

  /**
   * Adds a component that provides a service; the interface is a name, since it may not be
   * installed.
   */
  SampleBundle service(Class<?> type, String service, Map<String, String> properties)
      throws IOException {
    StringBuilder xml = new StringBuilder();
    xml.append("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"")
        .append(type.getName())
        .append("\"><implementation class=\"")
        .append(type.getName())
        .append("\"/>");
    properties.forEach(
        (name, value) ->
            xml.append("<property name=\"")
                .append(name)
                .append("\" value=\"")
                .append(value)
                .append("\"/>"));
    xml.append("<service><provide interface=\"")
        .append(service)
        .append("\"/></service></scr:component>");
    manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/*.xml");
    entries.put(
        "OSGI-INF/" + type.getName() + ".xml", xml.toString().getBytes(StandardCharsets.UTF_8));
    return type(type.getName());
  }

  SampleBundle type(String name) throws IOException {
    String entry = name.replace('.', '/') + ".class";
    try (InputStream content = SampleBundle.class.getResourceAsStream("/" + entry)) {
      entries.put(entry, content.readAllBytes());
    }
    return this;
  }

  SampleBundle text(String entry, String text) {
    entries.put(entry, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Writes it to a file outside of the deploy directory. */
  Path write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (var entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    Files.createDirectories(Platform.WORK);
    Path file = Files.createTempFile(Platform.WORK, "sample", ".jar");
    Files.write(file, bytes.toByteArray());
    return file;
  }
}
