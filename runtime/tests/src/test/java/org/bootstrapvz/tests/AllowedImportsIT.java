/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Constants;

/** Holds what each of our bundles imports and exports against the rules of who may know whom. */
public class AllowedImportsIT {
  private static final String OWN = "org\\.bootstrapvz\\.";
  private static final String API = OWN + "api(\\..+)?";
  private static final String OSGI = "org\\.osgi\\..+";

  /** What each bundle may import; the first pattern that fits the symbolic name counts. */
  private static final Map<String, String> ALLOWED = new TreeMap<>();

  static {
    ALLOWED.put(OWN + "api", API + "|" + OSGI);
    ALLOWED.put(
        OWN + "engine",
        API
            + "|"
            + OSGI
            + "|org\\.jgrapht(\\..+)?|org\\.apache\\.felix\\.fileinstall|javax\\.security\\.auth\\.x500");
    ALLOWED.put(
        OWN + "manifest",
        API
            + "|"
            + OSGI
            + "|org\\.yaml\\.snakeyaml(\\..+)?|com\\.networknt\\.schema(\\..+)?|tools\\.jackson\\..+");
    ALLOWED.put(OWN + "document", API + "|" + OSGI + "|tools\\.jackson\\..+");
    ALLOWED.put(OWN + "host", API + "|" + OSGI);
    ALLOWED.put(OWN + "volume", API + "|" + OWN + "volume(\\..+)?|" + OSGI);
    ALLOWED.put(OWN + "apt", API + "|" + OWN + "apt(\\..+)?|" + OSGI);
    ALLOWED.put(OWN + "common", API + "|" + OWN + "(volume|apt|common)(\\..+)?|" + OSGI);
    // It reads and writes JSON with the library that is there for the schemas anyway.
    ALLOWED.put(
        OWN + "(provider\\.docker)",
        API + "|" + OWN + "common(\\..+)?|" + OSGI + "|javax\\.net\\.ssl|tools\\.jackson\\..+");
    ALLOWED.put(OWN + "(provider|plugin)\\..+", API + "|" + OWN + "common(\\..+)?|" + OSGI);
    ALLOWED.put(
        OWN + "cli",
        API
            + "|"
            + OWN
            + "(cli|document)(\\..+)?|"
            + OSGI
            + "|javax\\.net\\.ssl|tools\\.jackson\\..+");
    ALLOWED.put(
        OWN + "installer",
        API + "|" + OSGI + "|javax\\.net\\.ssl|javax\\.xml\\.stream|aQute\\.bnd\\..+");
    ALLOWED.put(OWN + "appliance\\.api", API + "|" + OWN + "appliance\\.api(\\..+)?|" + OSGI);
    ALLOWED.put(
        OWN + "appliance",
        API
            + "|"
            + OWN
            + "(document|appliance\\.api(\\..+)?)|"
            + OSGI
            + "|jakarta\\.servlet(\\..+)?|(com\\.fasterxml|tools)\\.jackson\\..+|org\\.slf4j(\\..+)?"
            + "|com\\.zaxxer\\.hikari(\\..+)?|org\\.h2(\\..+)?|org\\.postgresql(\\..+)?|javax\\..+"
            + "|org\\.apache\\.felix\\.(hc\\.api|service\\.command)");
  }

  private static List<Manifest> ours() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    Path folder = Path.of(System.getProperty("bootstrapvz.distribution"));
    try (Stream<Path> jars =
        Stream.of("bundles", "appliance", "installer")
            .flatMap(name -> Stream.of(folder.resolve(name).toFile().listFiles()))
            .map(File::toPath)) {
      for (Path file : jars.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
        try (JarFile jar = new JarFile(file.toFile())) {
          if (name(jar.getManifest()).startsWith("org.bootstrapvz.")) {
            manifests.add(jar.getManifest());
          }
        }
      }
    }
    return manifests;
  }

  private static String name(Manifest manifest) {
    return manifest
        .getMainAttributes()
        .getValue(Constants.BUNDLE_SYMBOLICNAME)
        .replaceFirst(";.*", "");
  }

  /** The package names of a header; attributes hold no commas outside of quotes. */
  private static List<String> packages(Manifest manifest, String header) {
    String value = manifest.getMainAttributes().getValue(header);
    if (value == null) {
      return List.of();
    }
    return Stream.of(value.replaceAll("\"[^\"]*\"", "").split(","))
        .map(clause -> clause.replaceFirst(";.*", ""))
        .toList();
  }

  @Test
  public void everyBundleImportsOnlyWhatItMayKnow() throws IOException {
    List<String> violations = new ArrayList<>();
    List<Manifest> bundles = ours();
    assertFalse("no bundles found", bundles.isEmpty());
    for (Manifest bundle : bundles) {
      String allowed =
          ALLOWED.entrySet().stream()
              .filter(rule -> Pattern.matches(rule.getKey(), name(bundle)))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(() -> new AssertionError("no rule for " + name(bundle)));
      for (String imported : packages(bundle, Constants.IMPORT_PACKAGE)) {
        if (!Pattern.matches(allowed, imported)) {
          violations.add(name(bundle) + " may not import " + imported);
        }
      }
      if (bundle.getMainAttributes().getValue(Constants.DYNAMICIMPORT_PACKAGE) != null
          || bundle.getMainAttributes().getValue(Constants.REQUIRE_BUNDLE) != null) {
        violations.add(name(bundle) + " may not import dynamically or require bundles");
      }
    }
    assertEquals(List.of(), violations);
  }

  @Test
  public void nothingInternalIsExportedAndProvidersAndPluginsExportNothing() throws IOException {
    List<String> violations = new ArrayList<>();
    for (Manifest bundle : ours()) {
      for (String exported : packages(bundle, Constants.EXPORT_PACKAGE)) {
        if (exported.contains(".internal")
            || name(bundle).matches(OWN + "(provider|plugin)\\..+")) {
          violations.add(name(bundle) + " may not export " + exported);
        }
      }
    }
    assertEquals(List.of(), violations);
  }
}
