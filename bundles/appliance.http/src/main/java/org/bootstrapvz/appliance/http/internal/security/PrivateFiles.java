/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import java.io.IOException;
import java.nio.file.Path;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.file.PrivateDirectory;

/** Files that only their owner can read. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Replaces a file atomically and durably with one that was never readable by others. */
  public static void write(Path file, String text) throws IOException {
    PrivateDirectory.create(file.resolveSibling("."));
    DurableFile.replace(file, text);
  }
}
