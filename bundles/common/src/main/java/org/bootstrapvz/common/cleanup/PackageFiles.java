/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.host.Root;

/** The packages that files and directories of a root come from, as dpkg has recorded. */
final class PackageFiles {
  private static final String LISTS = "var/lib/dpkg/info";
  private static final String SEVERAL = "";

  private final Map<String, String> owners = new HashMap<>();

  /** Reads dpkg's lists of files. */
  PackageFiles(Root root) throws IOException {
    for (String list : root.list(LISTS)) {
      if (list.endsWith(".list")) {
        String name = list.substring(0, list.length() - ".list".length()).replaceFirst(":.*", "");
        for (String path :
            Files.readAllLines(root.resolve(LISTS + "/" + list), StandardCharsets.ISO_8859_1)) {
          owners.merge(path, name, (one, other) -> one.equals(other) ? one : SEVERAL);
        }
      }
    }
  }

  /** Whether a file was unpacked from a package. Since then a script may have changed it. */
  boolean contain(String file) {
    String path = "/" + file;
    // Packages of releases before the merge of /usr list their files in the links /bin and /lib.
    return owners.containsKey(path)
        || path.startsWith("/usr/") && owners.containsKey(path.substring("/usr".length()));
  }

  /** Returns the package of a file, or of the closest directory that only one package has. */
  Optional<String> ownerOf(String file) {
    for (String path = "/" + file;
        path.lastIndexOf('/') > 0;
        path = path.substring(0, path.lastIndexOf('/'))) {
      String owner = owners.get(path);
      if (owner != null) {
        return owner.equals(SEVERAL) ? Optional.empty() : Optional.of(owner);
      }
    }
    return Optional.empty();
  }
}
