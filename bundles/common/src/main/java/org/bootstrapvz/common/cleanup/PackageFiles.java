/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Root;

/** The packages that files and directories of a root come from, as dpkg has recorded. */
final class PackageFiles {
  private static final String LISTS = "var/lib/dpkg/info";
  private static final String STATUS = "var/lib/dpkg/status";
  private static final String SEVERAL = "";

  /** A line below "Conffiles:" in dpkg's status file: path, MD5 checksum, perhaps a flag. */
  private static final Pattern CONFIGURATION_FILE =
      Pattern.compile("^ (/\\S+) ([0-9a-f]{32})(?: .*)?$");

  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, String> checksums = new HashMap<>();

  /** Reads dpkg's lists of files and the checksums of configuration files. */
  PackageFiles(Root root) throws IOException {
    if (root.isFile(STATUS)) {
      for (String line : Files.readAllLines(root.resolve(STATUS), StandardCharsets.ISO_8859_1)) {
        Matcher file = CONFIGURATION_FILE.matcher(line);
        if (file.matches()) {
          checksums.put(file.group(1), file.group(2));
        }
      }
    }
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

  /** Whether a file is a configuration file with the content that its package brought. */
  boolean brought(String file, byte[] content) {
    String checksum = checksums.get("/" + file);
    return checksum != null && checksum.equals(md5(content));
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has it.
    }
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
