/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The start levels of bundles, by prefixes of their file names: {@code
 * bootstrapvz.start.5=org.bootstrapvz.engine, …} has the prefixes of level 5, {@code
 * bootstrapvz.start=3} is the level of all others.
 */
final class StartLevels {

  private static final String PROPERTY = "bootstrapvz.start";

  private final NavigableMap<Integer, String[]> beginnings = new TreeMap<>();
  private final int others;

  StartLevels(Map<String, String> properties) throws LaunchException {
    others = level(PROPERTY, properties.getOrDefault(PROPERTY, "1"));
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String name = property.getKey();
      if (name.startsWith(PROPERTY + ".")) {
        beginnings.put(
            level(name, name.substring(PROPERTY.length() + 1)), property.getValue().split(","));
      }
    }
  }

  private static int level(String property, String text) throws LaunchException {
    try {
      int level = Integer.parseInt(text);
      if (level > 0) {
        return level;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new LaunchException(
        "The property "
            + property
            + ": "
            + text
            + " is not a start level; it should be a number from 1.");
  }

  int of(Path bundle) {
    String file = bundle.getFileName().toString();
    for (Map.Entry<Integer, String[]> entry : beginnings.entrySet()) {
      for (String beginning : entry.getValue()) {
        if (file.startsWith(beginning.strip())) {
          return entry.getKey();
        }
      }
    }
    return others;
  }

  int ofOthers() {
    return others;
  }

  int highest() {
    return beginnings.isEmpty() ? others : Math.max(others, beginnings.lastKey());
  }
}
