/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.cloud_init;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lists of modules in the text of cloud.cfg: one item per line, below the name of the list. */
final class ModuleLists {
  static final String FILE = "etc/cloud/cloud.cfg";
  private static final Pattern HEADER = Pattern.compile("cloud_(?:init|config|final)_modules:.*");
  private static final Pattern ITEM = Pattern.compile("(\\s*-\\s*)([\\w-]+)\\s*(?:#.*)?");

  private final List<String> lines;

  ModuleLists(String text) {
    lines = new ArrayList<>(List.of(text.split("\n", -1)));
  }

  /** cloud-init treats - and _ in names of modules alike. */
  private static String normal(String name) {
    return name.replace('-', '_');
  }

  /** Removes a module from one list, or from all if none is named. */
  boolean remove(String list, Pattern name) {
    boolean found = false;
    boolean inside = false;
    for (int i = 0; i < lines.size(); i++) {
      Matcher item = ITEM.matcher(lines.get(i));
      if (HEADER.matcher(lines.get(i)).matches()) {
        inside = list.isEmpty() || lines.get(i).startsWith(list + ":");
      } else if (!item.matches()) {
        inside &= lines.get(i).isBlank() || lines.get(i).strip().startsWith("#");
      } else if (inside
          && (name.matcher(item.group(2)).matches()
              || name.matcher(normal(item.group(2))).matches())) {
        lines.remove(i--);
        found = true;
      }
    }
    return found;
  }

  /** Inserts a module into a list at an index, counted from 0, or at its end. */
  boolean insert(String list, String module, int place) {
    int header = 0;
    while (header < lines.size() && !lines.get(header).startsWith(list + ":")) {
      header++;
    }
    int at = header;
    String indent = "";
    for (int i = header + 1, items = 0; i < lines.size() && items <= place; i++) {
      Matcher item = ITEM.matcher(lines.get(i));
      if (item.matches()) {
        indent = item.group(1);
        at = items++ == place ? i : i + 1;
      } else if (!lines.get(i).isBlank() && !lines.get(i).strip().startsWith("#")) {
        break;
      }
    }
    if (indent.isEmpty()) {
      return false;
    }
    lines.add(at, indent + module);
    return true;
  }

  /** The text with the changes. */
  String text() {
    return String.join("\n", lines);
  }
}
