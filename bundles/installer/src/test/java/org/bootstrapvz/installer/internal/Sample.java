/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A bundle without content, defined by its manifest. */
final class Sample {
  private final Manifest manifest = new Manifest();

  Sample(String symbolicName, String version) {
    put("Manifest-Version", "1.0");
    put("Bundle-ManifestVersion", "2");
    put("Bundle-SymbolicName", symbolicName);
    put("Bundle-Version", version);
  }

  /** A bundle org.acme.NAME with a plugin of that name, for the first version of the API. */
  static Sample plugin(String name, String version) {
    return new Sample("org.acme." + name, version)
        .put("Provide-Capability", "org.bootstrapvz.plugin;org.bootstrapvz.plugin=" + name)
        .put("Import-Package", "org.bootstrapvz.api.task;version=\"[1.0,2)\"");
  }

  Sample put(String header, String value) {
    manifest.getMainAttributes().putValue(header, value);
    return this;
  }

  Sample importing(String clause) {
    String imports = manifest.getMainAttributes().getValue("Import-Package");
    return put("Import-Package", imports == null ? clause : imports + "," + clause);
  }

  /** Writes it as SYMBOLICNAME-VERSION.jar. */
  Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file =
        folder.resolve(
            manifest.getMainAttributes().getValue("Bundle-SymbolicName")
                + "-"
                + manifest.getMainAttributes().getValue("Bundle-Version")
                + ".jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.finish();
    }
    return file;
  }
}
