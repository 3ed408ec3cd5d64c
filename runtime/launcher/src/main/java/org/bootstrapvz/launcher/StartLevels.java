package org.bootstrapvz.launcher;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When a bundle is started, told by its file name: {@code bootstrapvz.start.5=org.bootstrapvz.engine*.jar} names the
 * files of level 5, {@code bootstrapvz.start=3} the level of all others.
 */
final class StartLevels {

  private static final String PROPERTY = "bootstrapvz.start";

  private final NavigableMap<Integer, PathMatcher> files = new TreeMap<>();
  private final int others;

  StartLevels(Map<String, String> properties) throws LaunchException {
    others = level(PROPERTY, properties.getOrDefault(PROPERTY, "1"));
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String name = property.getKey();
      if (name.startsWith(PROPERTY + ".")) {
        int level = level(name, name.substring(PROPERTY.length() + 1));
        String pattern = "glob:{" + property.getValue().replaceAll("\\s+", "") + "}";
        files.put(level, FileSystems.getDefault().getPathMatcher(pattern));
      }
    }
  }

  private static int level(String property, String text) throws LaunchException {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new LaunchException(
          "The property %s: %s is not a start level; it should be a number from 1."
              .formatted(property, text));
    }
    return Integer.parseInt(text);
  }

  int of(Path bundle) {
    for (Map.Entry<Integer, PathMatcher> entry : files.entrySet()) {
      if (entry.getValue().matches(bundle.getFileName())) {
        return entry.getKey();
      }
    }
    return others;
  }

  int ofOthers() {
    return others;
  }

  int highest() {
    return files.isEmpty() ? others : Math.max(others, files.lastKey());
  }
}
