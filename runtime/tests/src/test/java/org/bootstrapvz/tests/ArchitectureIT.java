/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import aQute.bnd.header.Attrs;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Checks the architecture: the imports and exports of each bundle, and that the packages of a
 * bundle have no cyclic dependencies. Every test reports all violations in all bundles at once.
 *
 * <p>The bundles are those of the distribution. A bundle without a row in the table of allowed
 * imports is a violation.
 */
public class ArchitectureIT {
  private static final String OWN = "org.bootstrapvz.";

  /**
   * The class names that a package of a provider or a plugin may have that is neither exported nor
   * internal.
   */
  private static final List<String> OF_AN_EXTENSION =
      List.of(
          OWN + "api.task.Task",
          OWN + "api.extension.Plugin",
          OWN + "api.extension.Provider",
          OWN + "api.extension.BootloaderType",
          OWN + "api.extension.ImageFormatType",
          OWN + "api.extension.FilesystemType");

  private static final String COMPONENT = "org.osgi.service.component.annotations.Component";

  private static final List<String> COPIED_INTO_THE_LAUNCHER =
      List.of(OWN + "api.file", OWN + "resolution.internal", OWN + "settings.internal");

  private static List<BundleJar> bundles;

  @BeforeClass
  public static void readBundles() throws IOException {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    ArchConfiguration.get().setProperty("cycles.maxNumberOfDependenciesPerEdge", "3");
    bundles = BundleJar.allIn(Path.of(System.getProperty("bootstrapvz.distribution")));
    List<String> names = bundles.stream().map(BundleJar::name).toList();
    assertTrue(names.toString(), names.containsAll(List.of("api", "engine", "common", "testkit")));
  }

  private static void assertNoViolations(Function<BundleJar, Stream<String>> rule) {
    List<String> violations =
        bundles.stream()
            .flatMap(bundle -> rule.apply(bundle).map(text -> bundle.name() + ": " + text))
            .toList();
    assertEquals(String.join("\n", violations), 0, violations.size());
  }

  @Test
  public void everyBundleImportsOnlyWhatTheTableAllows() throws IOException {
    AllowedImports table = AllowedImports.read();
    assertNoViolations(
        bundle ->
            table
                .of(bundle.name())
                .map(
                    allowed ->
                        bundle.imports().keySet().stream()
                            .filter(name -> !allowed.contains(name))
                            .map(name -> "must not import " + name))
                .orElse(Stream.of("is missing in the table of allowed imports")));
  }

  @Test
  public void noBundleImportsDynamicallyOrRequiresABundle() {
    assertNoViolations(
        bundle ->
            Stream.of("DynamicImport-Package", "Require-Bundle")
                .filter(bundle::hasHeader)
                .map(header -> "must not have the header " + header));
  }

  /** An annotation that names a task class is a dependency, too, though it imports nothing. */
  @Test
  public void noBundleHasACycleBetweenPackages() {
    assertNoViolations(
        bundle ->
            SlicesRuleDefinition.slices()
                .assignedFrom(new ByPackage())
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(bundle.classes())
                .getFailureReport()
                .getDetails()
                .stream());
  }

  @Test
  public void noInternalPackageIsExported() {
    assertNoViolations(
        bundle ->
            bundle.exports().keySet().stream()
                .filter(ArchitectureIT::isInternal)
                .map(name -> "must not export " + name));
  }

  /**
   * The id of a task is the name of its class. Therefore providers, plugins and their tasks may be
   * in packages that are neither exported nor internal.
   */
  @Test
  public void everyPackageOutsideOfInternalIsExportedOrHasTasksOrAnExtension() {
    assertNoViolations(
        bundle -> {
          Set<String> rest = new TreeSet<>(bundle.packages());
          rest.removeIf(ArchitectureIT::isInternal);
          rest.removeAll(bundle.exports().keySet());
          if (bundle.isExtension()) {
            bundle.classes().stream()
                .filter(type -> OF_AN_EXTENSION.stream().anyMatch(type::isAssignableTo))
                .map(JavaClass::getPackageName)
                .forEach(rest::remove);
          }
          return rest.stream().map(name -> name + " must be exported or named internal");
        });
  }

  @Test
  public void providersAndPluginsExportNothing() {
    assertNoViolations(
        bundle ->
            bundle.exports().keySet().stream()
                .filter(name -> bundle.isExtension())
                .map(name -> "must not export " + name));
  }

  @Test
  public void everyExportedPackageHasItsOwnVersion() {
    assertNoViolations(
        bundle ->
            bundle.exports().entrySet().stream()
                .filter(export -> !hasVersion(bundle, export))
                .map(export -> export.getKey() + " must have @Version in package-info.java"));
  }

  private static boolean hasVersion(BundleJar bundle, Map.Entry<String, Attrs> export) {
    String version = export.getValue().getVersion();
    return version != null
        && version.matches("[1-9]\\d*\\.\\d+\\.\\d+")
        && (isOfALibrary(export.getKey())
            || isAnnotated(bundle, export.getKey(), "org.osgi.annotation.versioning.Version"));
  }

  /** A library in a bundle, exported with the version of the library. */
  private static boolean isOfALibrary(String packageName) {
    return !packageName.startsWith(OWN);
  }

  private static boolean isAnnotated(BundleJar bundle, String packageName, String annotation) {
    return bundle.classes().stream()
        .filter(type -> type.getName().equals(packageName + ".package-info"))
        .anyMatch(type -> type.isAnnotatedWith(annotation));
  }

  /**
   * Declarative Services tries the public constructors that have as many parameters as it needs. It
   * logs an error for each wrong one that it finds first, in an order that nobody guarantees.
   */
  @Test
  public void noComponentHasTwoPublicConstructorsOfEqualLength() {
    assertNoViolations(
        bundle ->
            bundle.classes().stream()
                .filter(type -> type.isAnnotatedWith(COMPONENT))
                .filter(
                    type ->
                        type.getConstructors().stream()
                                .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                                .map(each -> each.getRawParameterTypes().size())
                                .distinct()
                                .count()
                            < type.getConstructors().stream()
                                .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                                .count())
                .map(
                    type ->
                        type.getName()
                            + " must not have two public constructors with the same number of"
                            + " parameters"));
  }

  /** NullAway checks no other package. */
  @Test
  public void everyPackageIsMarkedAsNullMarked() {
    assertNoViolations(
        bundle ->
            bundle.packages().stream()
                .filter(name -> !isAnnotated(bundle, name, "org.jspecify.annotations.NullMarked"))
                .map(name -> name + " must have @NullMarked in package-info.java"));
  }

  @Test
  public void everyExportedPackageAndItsPublicTypesHaveJavadoc() throws IOException {
    Path sources = Path.of(System.getProperty("bootstrapvz.sources"));
    Set<String> missing = new TreeSet<>();
    for (BundleJar bundle : bundles) {
      for (String name : bundle.exports().keySet()) {
        if (isOfALibrary(name)) {
          continue;
        }
        Path folder =
            sources.resolve(bundle.name()).resolve("src/main/java").resolve(name.replace('.', '/'));
        assertTrue(folder.toString(), Files.isDirectory(folder));
        missing.addAll(Javadoc.missingIn(folder));
      }
    }
    assertEquals(String.join("\n", missing), 0, missing.size());
  }

  /** The launcher starts before any bundle. */
  @Test
  public void theLauncherUsesNoBundle() throws IOException {
    Path jar = Path.of(System.getProperty("bootstrapvz.distribution"), "lib", "launcher.jar");
    List<String> violations = new ArrayList<>();
    for (JavaClass type : BundleJar.classesOf(jar)) {
      type.getDirectDependenciesFromSelf().stream()
          .filter(use -> isOfABundle(use.getTargetClass()))
          .map(Dependency::getDescription)
          .forEach(violations::add);
    }
    assertEquals(String.join("\n", violations), 0, violations.size());
  }

  private static boolean isOfABundle(JavaClass type) {
    return type.getPackageName().startsWith(OWN)
        && !type.getPackageName().startsWith(OWN + "launcher")
        && !COPIED_INTO_THE_LAUNCHER.contains(type.getPackageName());
  }

  private static boolean isInternal(String name) {
    return List.of(name.split("\\.")).contains("internal");
  }

  /** Every package of bootstrap-vz is a slice; libraries in a bundle are not. */
  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith(OWN)
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
