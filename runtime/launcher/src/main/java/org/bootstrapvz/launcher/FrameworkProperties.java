/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.bootstrapvz.settings.internal.PropertyFile;

/**
 * The properties of the framework: those in the file of the distribution, overridden by those on
 * the command line that start with bootstrapvz.
 */
final class FrameworkProperties {

  private static final String OURS = "bootstrapvz.";
  private static final String KEY_NAMES =
      "bootstrapvz.bundles, bootstrapvz.start, bootstrapvz.start.NUMBER, bootstrapvz.deploy,"
          + " bootstrapvz.watched";

  private static final Pattern KEYS =
      Pattern.compile("bootstrapvz\\.(?:bundles|start(?:\\.\\d+)?|deploy|watched)");

  /** The properties of the framework and of libraries are described elsewhere. */
  private static final Pattern OTHERS =
      Pattern.compile("(?:felix|org\\.apache\\.felix|org\\.osgi|ds|gosh)\\..+");

  private final Path file;
  private final Properties system;
  private final Map<String, String> raw = new HashMap<>();

  private FrameworkProperties(Path file, Properties system) {
    this.file = file;
    this.system = system;
  }

  /**
   * Reads the file and replaces every <code>${name}</code> by the property of that name.
   *
   * @param cache the cache directory of the framework
   * @param system the system properties: those of bootstrap-vz override the file, the others can be
   *     used in variables
   */
  static Map<String, String> read(Path file, Path cache, Properties system)
      throws IOException, LaunchException {
    FrameworkProperties properties = new FrameworkProperties(file, system);
    properties.overlay(properties.checked(PropertyFile.read(file)), "");
    properties.raw.put("org.osgi.framework.storage", cache.toString());
    properties.overlay(system, OURS);
    Map<String, String> values = new HashMap<>();
    for (String name : properties.raw.keySet()) {
      values.put(name, properties.value(name, 0));
    }
    return values;
  }

  /** Returns the entries; refuses those that are unknown, repeated or empty. */
  private Properties checked(List<PropertyFile.Entry> entries) throws LaunchException {
    Properties checked = new Properties();
    List<String> problems = new ArrayList<>();
    for (PropertyFile.Entry entry : entries) {
      String problem = problem(entry, checked.containsKey(entry.key()));
      if (!problem.isEmpty()) {
        problems.add(file + ":" + entry.line() + ": " + entry.key() + ": " + problem);
      }
      checked.setProperty(entry.key(), entry.value());
    }
    if (!problems.isEmpty()) {
      throw new LaunchException(String.join("\n", problems));
    }
    return checked;
  }

  private static String problem(PropertyFile.Entry entry, boolean repeated) {
    String key = entry.key();
    if (key.startsWith(OURS) ? !KEYS.matcher(key).matches() : !OTHERS.matcher(key).matches()) {
      return key.startsWith(OURS)
          ? "Unknown property; valid ones are " + KEY_NAMES
          : "Unknown property; its name must start with felix., org.apache.felix., org.osgi., ds."
              + " or gosh.";
    }
    if (repeated) {
      return "The property is a duplicate; remove one of them";
    }
    return entry.value().isEmpty() ? "The value is missing; remove the line for the default" : "";
  }

  private void overlay(Properties properties, String prefix) {
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        raw.put(name, properties.getProperty(name));
      }
    }
  }

  private String value(String name, int depth) throws LaunchException {
    if (depth > raw.size()) {
      throw new LaunchException(file + ": The property " + name + " refers to itself.");
    }
    String text = raw.get(name);
    StringBuilder value = new StringBuilder();
    int done = 0;
    for (int begin = text.indexOf("${"); begin >= 0; begin = text.indexOf("${", done)) {
      int end = text.indexOf('}', begin);
      if (end < 0) {
        throw new LaunchException(file + ": The property " + name + " has a ${ without its }.");
      }
      String other = text.substring(begin + 2, end);
      String replacement =
          raw.containsKey(other) ? value(other, depth + 1) : system.getProperty(other);
      if (replacement == null) {
        throw new LaunchException(
            file + ": The property " + name + " refers to " + other + ", which is not set.");
      }
      value.append(text, done, begin).append(replacement);
      done = end + 1;
    }
    return value.append(text, done, text.length()).toString();
  }
}
