/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.problem.Problem;

/** Reads manifests as the engine does and holds them against a provider or plugin. */
public final class ManifestDesk {
  private static final String FINE =
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
   * @param reader reads the manifests
   * @param folder where they are written to
   */
  public ManifestDesk(ManifestReader reader, Path folder) {
    this.reader = reader;
    file = folder.resolve("m.yml");
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
   * Reads a manifest and holds what stands at a path of it against the schema of a provider or
   * plugin, then, if all is well so far, against its own check.
   */
  public Manifest check(String text, Extension extension, String path) {
    Manifest manifest = reader.check(read(text), path, extension.schema(), problems::add);
    if (problems.isEmpty()) {
      extension.check(manifest, problems::add);
    }
    return manifest;
  }

  /**
   * Holds settings of a plugin against it, in a manifest that is fine otherwise: an image of trixie
   * with GRUB on ext4, as qcow2.
   *
   * @param settings in one line ({@code {password: test}}), or as a block that begins with a
   *     newline
   */
  public Manifest checkPlugin(String name, String settings, Extension plugin) {
    return check(
        FINE + "  " + name + ": " + settings.indent(4).strip() + "\n", plugin, "plugins." + name);
  }

  /** What was found wrong: where, what, and what would be right. */
  public List<String> problems() {
    return problems.stream()
        .map(problem -> problem.path() + ": " + problem.message() + ". " + problem.remedy())
        .toList();
  }

  /** The lines of the manifest at which it was found, in the order of {@link #problems()}. */
  public List<Integer> lines() {
    return problems.stream().map(problem -> problem.location().line()).toList();
  }
}
