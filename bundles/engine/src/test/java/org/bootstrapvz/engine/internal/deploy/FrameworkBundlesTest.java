/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

class FrameworkBundlesTest {
  @TempDir private Path storage;
  private Framework framework;
  private FrameworkBundles bundles;
  private InstalledJars jars;

  @BeforeEach
  void startTheFramework() throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    storage.toString(),
                    "org.osgi.framework.bsnversion",
                    "multiple",
                    "felix.log.level",
                    "0"));
    framework.start();
    jars = new InstalledJars(framework.getBundleContext());
    bundles =
        new FrameworkBundles(
            framework.getBundleContext(),
            new BundleStarter(Duration.ofSeconds(30), () -> {}),
            jars);
  }

  @AfterEach
  void stopTheFramework() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }

  private long install(String name, String... headers) throws BundleException, IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      manifest.getMainAttributes().putValue(parts[0], parts[1]);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(content, manifest)) {
      jar.putNextEntry(new ZipEntry("org/gpg/words.txt"));
      jar.closeEntry();
    }
    return bundles.install(
        "plugin:" + name + "#" + framework.getBundleContext().getBundles().length,
        content.toByteArray());
  }

  private String failure(String... headers) throws BundleException, IOException {
    return bundles
        .start(install("org.acme", headers))
        .map(Bundles.StartFailure::problem)
        .orElse("none");
  }

  @Test
  void aBundleWithoutRequirementsStarts() throws Exception {
    assertEquals("none", failure());
    assertEquals("none", failure("Import-Package: org.gpg;resolution:=optional"));
    assertEquals("none", failure("DynamicImport-Package: org.gpg"));
  }

  @Test
  void aMissingPackageIsNamed() throws Exception {
    assertEquals(
        "imports the package org.gpg, which no bundle exports", failure("Import-Package: org.gpg"));
  }

  @Test
  void allUnsatisfiedRequirementsAreNamed() throws Exception {
    assertEquals(
        "imports the package org.gpg, which no bundle exports and requires the bundle org.lib, which"
            + " is not installed and requires the capability org.acme.lock strong, which no bundle"
            + " provides",
        failure(
            "Import-Package: org.gpg",
            "Require-Bundle: org.lib",
            "Require-Capability: org.acme.lock;filter:=\"(org.acme.lock=strong)\""));
  }

  @Test
  void aMissingPluginIsNamed() throws Exception {
    String needing =
        "Require-Capability: org.bootstrapvz.%1$s;filter:=\"(org.bootstrapvz.%1$s=x)\"";
    assertEquals(
        "requires the plugin x, which is not installed", failure(needing.formatted("plugin")));
    assertEquals(
        "requires the provider x, which is not installed", failure(needing.formatted("provider")));
  }

  @Test
  void aPackageInAnotherVersionIsNamedWithThatVersion() throws Exception {
    install("org.lib", "Export-Package: org.gpg;version=\"1.2\"");
    assertEquals(
        "imports the package org.gpg in version 2.0.0 or later but before 3.0.0, but there is only"
            + " 1.2.0",
        failure("Import-Package: org.gpg;version=\"[2,3)\""));
    assertEquals(
        "imports the package org.gpg in version 2.0.0 or later, but there is only 1.2.0",
        failure("Import-Package: org.gpg;version=\"2\""));
  }

  @Test
  void anUnresolvedDependencyIsNamedWithItsRequirement() throws Exception {
    install("org.lib", "Export-Package: org.gpg", "Import-Package: org.missing");
    assertEquals(
        "requires the bundle org.lib 0.0.0, which cannot be resolved",
        failure("Import-Package: org.gpg"));
  }

  @Test
  void aNewerJavaIsNamed() throws Exception {
    assertEquals(
        "requires JavaSE in version 99.0.0 or later; this is Java " + Runtime.version().feature(),
        failure("Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version>=99.0.0))\""));
  }

  @Test
  void aMissingActivatorIsReportedInOneLine() throws Exception {
    assertEquals(
        "cannot be started: Not found: org.acme.Missing",
        failure("Bundle-Activator: org.acme.Missing"));
  }

  @Test
  void aBrokenManifestIsRefused() {
    BundleException refused =
        assertThrows(BundleException.class, () -> install("org.acme", "Import-Package: ;;"));
    assertEquals(1, FrameworkBundles.firstLine(refused).lines().count());
  }

  @Test
  void theCapabilitiesOfABundleThatIsNotStartedAreKnown() throws Exception {
    long bundle =
        install(
            "org.acme",
            "Bundle-Version: 1.2.0",
            "Import-Package: org.missing",
            "Provide-Capability: org.bootstrapvz.plugin;org.bootstrapvz.plugin=sign");
    assertEquals(
        new Bundles.Description("org.acme", "1.2.0", List.of(), List.of("sign")),
        bundles.describe(bundle));
  }

  @Test
  void bundlesThatDependOnARemovedBundleAreRewired() throws Exception {
    long old = install("org.lib", "Export-Package: org.gpg;version=1.0.0");
    long user = install("org.user", "Import-Package: org.gpg");
    assertEquals(Optional.empty(), bundles.start(user));
    long other = install("org.other");
    assertEquals(Optional.empty(), bundles.start(other));
    long since = framework.getBundleContext().getBundle(other).getLastModified();
    install("org.lib", "Export-Package: org.gpg;version=1.1.0");
    assertEquals(Set.of(old, user), bundles.withDependents(old));
    bundles.remove(old);
    assertNull(framework.getBundleContext().getBundle(old));
    assertEquals(Bundle.ACTIVE, framework.getBundleContext().getBundle(user).getState());
    assertEquals(Set.of(other), bundles.withDependents(other));
    assertEquals(since, framework.getBundleContext().getBundle(other).getLastModified());
  }

  @Test
  void theJarOfABundleIsKeptUntilTheBundleIsRemoved() throws Exception {
    long bundle = install("org.example.kept");
    Path jar = jars.of(bundle).orElseThrow();

    try (JarFile file = new JarFile(jar.toFile())) {
      assertEquals(
          "org.example.kept",
          file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
    }
    bundles.remove(bundle);

    assertFalse(Files.exists(jar));
    assertEquals(Optional.empty(), jars.of(0));
  }
}
