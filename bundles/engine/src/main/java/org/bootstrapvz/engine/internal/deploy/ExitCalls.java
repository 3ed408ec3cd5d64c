/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Finds code in a jar that would end the whole process. It does not find what is called through
 * reflection or native code.
 */
final class ExitCalls {
  private ExitCalls() {}

  /** Why a jar is refused, as the end of a sentence; empty if it is not. */
  static Optional<String> refusal(byte[] jar) throws IOException {
    return find(new ByteArrayInputStream(jar))
        .map(
            call ->
                call
                    + ", which would end the process with all its builds; throw an exception"
                    + " instead");
  }

  /** Reads the jars within a jar, too: the class path of a bundle may name them. */
  private static Optional<String> find(InputStream jar) throws IOException {
    ZipInputStream entries = new ZipInputStream(jar);
    for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
      Optional<String> found = Optional.empty();
      if (entry.getName().endsWith(".class")) {
        found = findInClass(entry.getName(), entries.readAllBytes());
      } else if (entry.getName().endsWith(".jar")) {
        found = find(new ByteArrayInputStream(entries.readAllBytes()));
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Most classes lack the names in question; only others are worth loading the parser for. */
  private static Optional<String> findInClass(String entry, byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    boolean mayEnd =
        text.contains("exit") && text.contains("java/lang/System")
            || (text.contains("exit") || text.contains("halt"))
                && text.contains("java/lang/Runtime")
            || text.contains("raise") && text.contains("/misc/Signal");
    return mayEnd ? ExitCallVisitor.find(entry, content) : Optional.empty();
  }
}
