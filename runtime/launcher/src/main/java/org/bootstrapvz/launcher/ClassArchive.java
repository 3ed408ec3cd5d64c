package org.bootstrapvz.launcher;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Prepares the bundles' classes for the archive that the JVM writes at its end ({@code -XX:ArchiveClassesAtExit}). The
 * archive only takes classes that were linked; a start, however, loads many that it does not link, and what a build
 * needs would not be there at all.
 */
final class ClassArchive {

  private ClassArchive() {}

  static void linkClassesOf(Bundle... bundles) {
    for (Bundle bundle : bundles) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (bundle.getBundleId() > 0 && wiring != null && bundle.getSymbolicName().matches(System.getProperty("only", ".*"))) {
        Collection<String> files =
            wiring.listResources(
                "/",
                "*.class",
                BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE);
        files.forEach(file -> link(bundle, file));
      }
    }
  }

  private static void link(Bundle bundle, String file) {
    try {
      // Asking for the constructors links a class without running its initialiser.
      bundle
          .loadClass(file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .getDeclaredConstructors();
    } catch (ClassNotFoundException | LinkageError e) {
      // It needs an optional package that is not here, so no start will load it either.
    }
  }
}
