/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.problem.Problem;

/** Reads manifests as the engine does and checks them for a provider or plugin. */
public final class ManifestChecker {
  private static final String VALID =
      """
      name: image
      provider: {name: kvm}
      bootstrapper: {workspace: images}
      system:
        release: trixie
        architecture: amd64
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
      volume: {backing: qcow2, partitions: {type: gpt, root: {filesystem: ext4, size: 1GiB}}}
      plugins:
      """;

  private final ManifestReader reader;
  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Uses the reader of the distribution at the path in the system property {@value
   * DistributionContract#HOME}.
   *
   * @param directory the directory for the manifests
   */
  public ManifestChecker(Path directory) {
    this(InstalledReader.get(), directory);
  }

  /**
   * @param reader reads the manifests
   * @param directory the directory for the manifests
   */
  public ManifestChecker(ManifestReader reader, Path directory) {
    this.reader = reader;
    file = directory.resolve("m.yml");
  }

  /** Reads a manifest. */
  public Manifest read(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reader
        .read(file, StandardTypes.all(), problems::add)
        .orElseThrow(() -> new AssertionError(problems.toString()));
  }

  /**
   * Reads a manifest and validates the values at a path of it against the schema of a provider or
   * plugin. If they are valid, it runs the check of the provider or plugin too.
   */
  public Manifest check(String text, Extension extension, String path) {
    Manifest manifest = read(text);
    URL schema = extension.schema();
    if (schema != null) {
      manifest = reader.check(manifest, path, schema, problems::add);
    }
    if (problems.isEmpty()) {
      extension.check(manifest, problems::add);
    }
    return manifest;
  }

  /**
   * Checks settings of a plugin in a manifest that is valid otherwise: an image of trixie with GRUB
   * on ext4, as qcow2.
   *
   * @param settings in one line ({@code {password: test}}), or as a block that starts with a
   *     newline
   */
  public Manifest checkPlugin(String name, String settings, Extension plugin) {
    return check(
        VALID + "  " + name + ": " + settings.indent(4).strip() + "\n", plugin, "plugins." + name);
  }

  /** The problems that were found: path, message and remedy. */
  public List<String> problems() {
    return problems.stream()
        .map(problem -> problem.path() + ": " + problem.message() + ". " + problem.remedy())
        .toList();
  }

  /** The lines of the manifest that have the problems, in the order of {@link #problems()}. */
  public List<Integer> lines() {
    return problems.stream().map(problem -> problem.location().line()).toList();
  }
}
