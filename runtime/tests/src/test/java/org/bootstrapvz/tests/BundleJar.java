/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertFalse;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/** A bundle of bootstrap-vz, read from its jar: headers and classes. */
final class BundleJar {
  private static final String OWN = "org.bootstrapvz.";

  private final String name;
  private final Attributes headers;
  private final JavaClasses classes;

  private BundleJar(Path file, Attributes headers) throws IOException {
    this.name = symbolicName(headers).substring(OWN.length());
    this.headers = headers;
    this.classes = classesOf(file);
  }

  /**
   * The bundles of bootstrap-vz in a directory and its subdirectories, without duplicates, sorted
   * by name.
   */
  static List<BundleJar> allIn(Path directory) throws IOException {
    Map<String, BundleJar> bundles = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(directory)) {
      files = tree.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path file : files) {
      Attributes headers = headersOf(file);
      String name = symbolicName(headers);
      if (name.startsWith(OWN) && !bundles.containsKey(name)) {
        bundles.put(name, new BundleJar(file, headers));
      }
    }
    return List.copyOf(bundles.values());
  }

  static JavaClasses classesOf(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      JavaClasses classes = new ClassFileImporter().importJar(jar);
      assertFalse(file.toString(), classes.isEmpty());
      return classes;
    }
  }

  private static Attributes headersOf(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getManifest() == null ? new Attributes() : jar.getManifest().getMainAttributes();
    }
  }

  private static String symbolicName(Attributes headers) {
    String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    return name == null ? "" : name.replaceFirst(";.*", "").strip();
  }

  /** The symbolic name without the common prefix of all bundles. */
  String name() {
    return name;
  }

  boolean isExtension() {
    return name.startsWith("provider.") || name.startsWith("plugin.");
  }

  boolean hasHeader(String header) {
    return headers.getValue(header) != null;
  }

  Parameters imports() {
    return OSGiHeader.parseHeader(headers.getValue(Constants.IMPORT_PACKAGE));
  }

  Parameters exports() {
    return OSGiHeader.parseHeader(headers.getValue(Constants.EXPORT_PACKAGE));
  }

  JavaClasses classes() {
    return classes;
  }

  /** The packages of bootstrap-vz in the jar, without libraries. */
  Set<String> packages() {
    return classes.stream()
        .map(JavaClass::getPackageName)
        .filter(each -> each.startsWith(OWN))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
