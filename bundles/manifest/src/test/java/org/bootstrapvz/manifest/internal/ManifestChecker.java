/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.testkit.StandardTypes;

/** Reads texts as manifests on 22 November 2026 and collects the problems. */
final class ManifestChecker {
  /** A valid manifest. */
  static final String GOOD =
      """
      name: debian-{system.release}
      provider:
        name: kvm
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
        backing: raw
        partitions:
          type: gpt
          root:
            filesystem: ext4
            size: 1GiB
      """;

  final ManifestFiles reader =
      new ManifestFiles(Clock.fixed(Instant.parse("2026-11-22T09:05:03.012345Z"), ZoneOffset.UTC));

  /** The types that manifests can name. */
  VolumeTypes types = StandardTypes.all();

  private final Path folder;
  private final List<Problem> problems = new ArrayList<>();

  ManifestChecker(Path folder) {
    this.folder = folder;
  }

  Optional<Manifest> read(String text) {
    return read("m.yml", text);
  }

  Optional<Manifest> read(String name, String text) {
    return reader.read(file(name, text), types, problems::add);
  }

  Optional<Manifest> read(ManifestSource source) {
    return reader.read(source, types, problems::add);
  }

  /** Reads a manifest that must be valid. */
  Manifest good(String text) {
    Manifest manifest = read(text).orElseThrow(() -> new AssertionError(problems()));
    if (!problems.isEmpty()) {
      throw new AssertionError(problems());
    }
    return manifest;
  }

  /** Validates a part of a manifest against a schema. */
  Manifest check(Manifest manifest, String path, String schema) {
    try {
      return reader.check(
          manifest, path, file("schema.json", schema).toUri().toURL(), problems::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The problems, one per line, without the directory. */
  String problems() {
    StringBuilder lines = new StringBuilder();
    for (Problem problem : problems) {
      lines.append(problem.toString().replace(folder + "/", "")).append("\n");
    }
    return lines.toString();
  }
}
