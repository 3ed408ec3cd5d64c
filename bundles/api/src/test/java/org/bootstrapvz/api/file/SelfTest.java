/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTest {
  @TempDir private Path folder;

  @Test
  void theUserIsTheOwnerOfWhatItCreates() throws Exception {
    assertEquals(Files.getAttribute(folder, "unix:uid"), Self.uid());
    assertEquals(Files.getOwner(folder).getName(), Self.name());
  }

  @Test
  void theUserOfFilesFromOutsideOfAUserNamespaceIsReadCompletely() throws Exception {
    Process cat = new ProcessBuilder("cat", "/proc/sys/kernel/overflowuid").start();
    String all = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(Integer.parseInt(all.strip()), Self.overflow());
  }
}
