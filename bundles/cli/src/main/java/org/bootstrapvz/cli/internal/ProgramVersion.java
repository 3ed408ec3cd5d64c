/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.jar.Manifest;

/** The version of this program. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** Reads it from the manifest of the bundle, which is where its class loader looks first. */
  public static String get() {
    try (InputStream in = Program.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      return new Manifest(in).getMainAttributes().getValue("Bundle-Version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
