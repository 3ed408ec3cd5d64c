/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;

/**
 * The time that replaces that of the build, so that two builds of the same packages are equal:
 * {@code SOURCE_DATE_EPOCH} if it is in the environment, otherwise the time of the newest package
 * in the image. dpkg preserves the times of files in packages.
 */
public final class ImageTime {
  private static final String VARIABLE = "SOURCE_DATE_EPOCH";
  private static final String PACKAGES = "var/lib/dpkg/info";

  private ImageTime() {}

  /** The time for a root, in an environment. */
  public static Instant of(Root root, Map<String, String> environment)
      throws BuildException, IOException {
    String given = environment.get(VARIABLE);
    if (given != null && !given.matches("\\d{1,11}")) {
      throw new BuildException(
          VARIABLE
              + " is \""
              + given
              + "\", which is not a time. Set it to the seconds since 1970, or unset it");
    }
    return given != null ? Instant.ofEpochSecond(Long.parseLong(given)) : newestPackage(root);
  }

  private static Instant newestPackage(Root root) throws IOException {
    long newest = 0;
    for (String file : root.list(PACKAGES)) {
      if (file.endsWith(".md5sums")) {
        var time = Files.getLastModifiedTime(root.resolve(PACKAGES + "/" + file));
        newest = Math.max(newest, time.toInstant().getEpochSecond());
      }
    }
    return Instant.ofEpochSecond(newest);
  }
}
