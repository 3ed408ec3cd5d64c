/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The base of a test of a plugin: reads manifests with settings of the plugin and creates builds of
 * them. Extend {@link ExtensionContract} too, in a class of its own.
 *
 * @param <P> the plugin
 */
public abstract class PluginTest<P extends Plugin> {
  /** The plugin under test. */
  protected final P plugin;

  /** A directory that is empty when a test starts; the manifest is in it. */
  @TempDir protected Path directory;

  /** Checks the manifests of the test; a new one for each test. */
  protected ManifestChecker checker;

  private final String name;
  private final ManifestReader reader;

  /**
   * Creates the base. Manifests are read by the distribution at the path in the system property
   * {@value DistributionContract#HOME}.
   *
   * @param name the key of the plugin in a manifest
   * @param plugin the plugin under test
   */
  protected PluginTest(String name, P plugin) {
    this(name, plugin, InstalledReader.get());
  }

  /**
   * Creates the base.
   *
   * @param name the key of the plugin in a manifest
   * @param plugin the plugin under test
   * @param reader reads the manifests
   */
  protected PluginTest(String name, P plugin, ManifestReader reader) {
    this.name = name;
    this.plugin = plugin;
    this.reader = reader;
  }

  @BeforeEach
  void createChecker() {
    checker = new ManifestChecker(reader, directory);
  }

  /** Checks settings of the plugin in a manifest that is valid otherwise. */
  protected final Manifest check(String settings) {
    return checker.checkPlugin(name, settings, plugin);
  }

  /** Asserts that the settings have exactly one problem, and that its text contains this. */
  protected final void assertOneProblem(String settings, String expected) {
    check(settings);
    assertEquals(1, checker.problems().size(), checker.problems().toString());
    assertTrue(checker.problems().get(0).contains(expected), checker.problems().toString());
  }

  /** Creates a build for settings of the plugin, in the subdirectory {@code build}. */
  protected final TestBuild newBuild(String settings) throws IOException {
    return new TestBuild(check(settings), Files.createDirectory(directory.resolve("build")));
  }
}
