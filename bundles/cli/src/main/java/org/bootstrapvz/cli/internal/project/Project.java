/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The files of a new project. */
final class Project {
  private Project() {}

  static void write(ProjectName name, Path folder, Path home) throws IOException {
    Map<String, String> values = values(name, home);
    for (Map.Entry<String, String> file : name.kind().files().entrySet()) {
      Path target = folder.resolve(filled(file.getKey(), values));
      Files.createDirectories(target.getParent());
      Files.writeString(target, filled(template(file.getValue()), values));
    }
    Files.writeString(folder.resolve(".gitignore"), "/target/\n/images/\n");
  }

  private static Map<String, String> values(ProjectName name, Path home) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("kind", name.kind().toString());
    values.put("name", name.name());
    values.put("group", name.group());
    values.put("package", name.javaPackage());
    values.put("folder", name.javaPackage().replace('.', '/'));
    values.put("class", name.className());
    values.put("home", home.toString());
    Properties versions = new Properties();
    try (InputStream in = Project.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    }
    versions.stringPropertyNames().forEach(key -> values.put(key, versions.getProperty(key)));
    return values;
  }

  private static String template(String name) throws IOException {
    try (InputStream in = Project.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String filled(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("@" + value.getKey() + "@", value.getValue());
    }
    return filled;
  }
}
