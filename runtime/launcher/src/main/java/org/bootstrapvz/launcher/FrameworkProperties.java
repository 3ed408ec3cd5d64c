package org.bootstrapvz.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties of the framework: the file of the distribution, overlaid with ours of the command line. */
final class FrameworkProperties {

  private static final String OURS = "bootstrapvz.";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}]+)}");

  private final Map<String, String> values;

  private FrameworkProperties(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the file and replaces every <code>${name}</code> by a property of that name.
   *
   * @param cache where the framework keeps what it installs
   * @param system the system properties: those of ours win over the file, the others may be named in it
   */
  static FrameworkProperties read(Path file, Path cache, Properties system)
      throws IOException, LaunchException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> raw = new HashMap<>();
    read.stringPropertyNames().forEach(name -> raw.put(name, read.getProperty(name)));
    raw.put("org.osgi.framework.storage", cache.toString());
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith(OURS)) {
        raw.put(name, system.getProperty(name));
      }
    }
    Map<String, String> values = new HashMap<>();
    for (String name : raw.keySet()) {
      values.put(name, substitute(name, raw, system, file, 0));
    }
    return new FrameworkProperties(Map.copyOf(values));
  }

  private static String substitute(
      String name, Map<String, String> raw, Properties system, Path file, int depth)
      throws LaunchException {
    if (depth > raw.size()) {
      throw new LaunchException("%s: The property %s refers to itself.".formatted(file, name));
    }
    Matcher variable = VARIABLE.matcher(raw.get(name));
    StringBuilder result = new StringBuilder();
    while (variable.find()) {
      String other = variable.group(1);
      String value;
      if (raw.containsKey(other)) {
        value = substitute(other, raw, system, file, depth + 1);
      } else {
        value = system.getProperty(other);
      }
      if (value == null) {
        throw new LaunchException(
            "%s: The property %s refers to ${%s}, which is not set.".formatted(file, name, other));
      }
      variable.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return variable.appendTail(result).toString();
  }

  Map<String, String> asMap() {
    return values;
  }
}
