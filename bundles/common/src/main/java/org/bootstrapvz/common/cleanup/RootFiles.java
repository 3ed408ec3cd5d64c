/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Root;

/** Files of a root by patterns. */
final class RootFiles {
  private RootFiles() {}

  /** Returns the files that match a pattern, whose * does not match a slash. */
  static List<String> matching(Root root, String pattern) throws IOException {
    List<String> found = List.of("");
    for (String part : pattern.split("/")) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
      List<String> next = new ArrayList<>();
      for (String folder : found) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        if (!part.contains("*")) {
          if (root.exists(prefix + part)) {
            next.add(prefix + part);
          }
          continue;
        }
        for (String name : root.list(folder)) {
          if (matcher.matches(Path.of(name))) {
            next.add(prefix + name);
          }
        }
      }
      found = next;
    }
    return found;
  }
}
