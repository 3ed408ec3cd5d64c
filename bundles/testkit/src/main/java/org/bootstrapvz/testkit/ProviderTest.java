/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The base of a test of a provider: reads manifests of it. Extend {@link ExtensionContract} too, in
 * a class of its own.
 *
 * @param <P> the provider
 */
public abstract class ProviderTest<P extends Provider> {
  /** The provider under test. */
  protected final P provider;

  /**
   * A manifest that is valid for the provider: trixie for amd64, with GRUB on a GPT and a root
   * partition of 8 GiB.
   */
  protected final String valid;

  /** A directory that is empty when a test starts; the manifest is in it. */
  @TempDir protected Path directory;

  /** Checks the manifests of the test; a new one for each test. */
  protected ManifestChecker checker;

  private final String name;
  private final ManifestReader reader;

  /**
   * Creates the base.
   *
   * @param name the name of the provider in a manifest
   * @param backing an image format that it accepts
   * @param provider the provider under test
   * @param reader reads the manifests
   */
  protected ProviderTest(String name, String backing, P provider, ManifestReader reader) {
    this.name = name;
    this.provider = provider;
    this.reader = reader;
    this.valid =
        """
        name: debian
        provider:
          name: %s
        bootstrapper:
          workspace: /target
        system:
          release: trixie
          architecture: amd64
          bootloader: grub
          charmap: UTF-8
          locale: en_US
          timezone: UTC
        volume:
          backing: %s
          partitions:
            type: gpt
            root:
              filesystem: ext4
              size: 8GiB
        """
            .formatted(name, backing);
  }

  @BeforeEach
  void createChecker() {
    checker = new ManifestChecker(reader, directory);
  }

  /** Returns the valid manifest with settings of the provider, which are indented as they are. */
  protected final String with(String settings) {
    return valid.replace("name: " + name + "\n", "name: " + name + "\n" + settings);
  }

  /** Checks a manifest, its schema included. */
  protected final Manifest check(String manifest) {
    return checker.check(manifest, provider, "");
  }

  /** Returns the names of the tasks that a manifest without problems selects. */
  protected final Set<String> tasks(String manifest) {
    Manifest checked = check(manifest);
    assertEquals(List.of(), checker.problems());
    return TestTaskSet.selectedBy(provider, checked).names();
  }

  /** Asserts that a manifest has exactly these problems: path and message, without the remedy. */
  protected final void assertProblems(String manifest, String... expected) {
    check(manifest);
    assertEquals(
        List.of(expected),
        checker.problems().stream().map(problem -> problem.replaceFirst("\\. .*", "")).toList());
  }
}
