/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.Properties;
import org.apache.felix.framework.Felix;

/**
 * The packages that the framework and the JVM export to bundles. The framework would determine them
 * itself, but needs four times as long, because it computes information that is not used here.
 */
final class JavaPackages {

  private JavaPackages() {}

  /** In the format of the property {@code org.osgi.framework.system.packages}. */
  static String asProperty() throws IOException {
    Properties defaults = new Properties();
    try (InputStream stream = Felix.class.getResourceAsStream("/default.properties")) {
      defaults.load(stream);
    }
    StringBuilder packages = new StringBuilder(defaults.getProperty("osgi-exports"));
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports exports : module.getDescriptor().exports()) {
        if (!exports.isQualified()) {
          packages.append(',').append(exports.source());
        }
      }
    }
    return packages.toString();
  }
}
