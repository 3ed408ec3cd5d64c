/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;

/**
 * Reads the files of a manifest: those that it includes, the manifest itself, and those of its
 * drop-in directory, each a {@link Layer}. A file is read once: where it is included first.
 */
final class LayerFiles {
  static final String KIND = "manifest";
  private static final String PART = "part of a manifest";

  private static final int MAX_FILES = 100;
  private static final int MAX_DEPTH = 16;

  private static final String WHEN_EMPTY =
      "Write a manifest: a map with name, provider, bootstrapper, system and volume";

  private final ManifestSource source;
  private final CompositionChecks checks;
  private final Problems problems;
  private final List<Layer> layers = new ArrayList<>();

  /** The real paths of the files whose includes are being read, the innermost last. */
  private final List<Path> around = new ArrayList<>();

  private final Set<Path> read = new HashSet<>();
  private long bytes;
  private int values;
  private boolean full;

  LayerFiles(ManifestSource source, CompositionChecks checks, Problems problems) {
    this.source = source;
    this.checks = checks;
    this.problems = problems;
  }

  /**
   * Returns the layers, the one with precedence over all others last; none if the manifest itself
   * cannot be read.
   *
   * @param text the text of the manifest
   */
  List<Layer> read(String text) {
    Optional<Node.Mapping> manifest =
        DocumentFile.map(source.file(), text, KIND, Optional.of(WHEN_EMPTY), problems);
    if (manifest.isEmpty()) {
      return List.of();
    }
    count(text, manifest.get(), Location.of(source.file()), "");
    add(source.file(), manifest.get());
    if (!source.selfContained()) {
      for (Path file : dropIns()) {
        readPart(file, Location.of(file), "");
      }
    }
    return layers;
  }

  /** Reads the files that one includes, then adds it. */
  private void add(Path file, Node.Mapping map) {
    Layer layer = Layer.of(file, map);
    Path real = real(file);
    around.add(real);
    read.add(real);
    if (checks.accept(layer)) {
      Value include = Value.root(layer.composition()).get("include");
      if (include.exists() && source.selfContained()) {
        problems.error(
            include,
            "This manifest must be complete without other files",
            "bootstrap-vz render prints a manifest and the files that it includes as one; bootstrap-vz"
                + " submit sends that");
      } else {
        include.items().forEach(item -> include(file, item));
      }
    }
    around.remove(around.size() - 1);
    layers.add(layer);
  }

  private void include(Path from, ManifestValue item) {
    Path file;
    try {
      file = from.resolveSibling(item.text());
    } catch (InvalidPathException e) {
      problems.error(item, ValueText.shown(item) + " is not a path", "Name a file");
      return;
    }
    if (!Files.exists(file)) {
      problems.error(
          item,
          "There is no file " + file,
          "Create it, or correct the path. It is relative to the directory of " + from);
      return;
    }
    Path real = real(file);
    if (around.contains(real)) {
      problems.error(
          item,
          "The files include each other: "
              + Stream.concat(
                      around.subList(around.indexOf(real), around.size()).stream(), Stream.of(real))
                  .map(path -> String.valueOf(path.getFileName()))
                  .collect(Collectors.joining(" includes ")),
          "Remove one of the includes");
    } else if (around.size() > MAX_DEPTH) {
      problems.error(
          item,
          "Files include each other " + MAX_DEPTH + " levels deep",
          "Include the file in the manifest itself");
    } else if (!read.contains(real)) {
      readPart(plain(file), item.location(), item.path());
    }
  }

  private void readPart(Path file, Location place, String path) {
    if (full) {
      return;
    }
    if (read.size() >= MAX_FILES) {
      full = true;
      error(place, path, "The manifest has more than " + MAX_FILES + " files", "Join some of them");
      return;
    }
    String text;
    try {
      text = DocumentFile.text(file, PART);
    } catch (DocumentFile.UnreadableException e) {
      error(place, path, file + ": " + e.problem, e.remedy);
      return;
    }
    Optional<Node.Mapping> map = DocumentFile.map(file, text, PART, Optional.empty(), problems);
    if (map.isPresent() && count(text, map.get(), place, path)) {
      add(file, map.get());
    }
  }

  private boolean count(String text, Node.Mapping map, Location place, String path) {
    bytes += text.length();
    values += map.count();
    if (bytes > ManifestReader.MAX_BYTES) {
      full = true;
      error(
          place,
          path,
          "The manifest and the files that it includes are together larger than "
              + ManifestReader.MAX_BYTES
              + " bytes",
          "Include fewer files; a manifest can name files instead of containing them");
    } else if (values > YamlText.MAX_VALUES) {
      full = true;
      error(
          place,
          path,
          "The manifest and the files that it includes have more than "
              + YamlText.MAX_VALUES
              + " values",
          "Use fewer values or aliases");
    }
    return !full;
  }

  /** The files of the drop-in directory, in the order of their names. */
  private List<Path> dropIns() {
    String name = String.valueOf(source.file().getFileName());
    Path directory = source.file().resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".d");
    Path misnamed = source.file().resolveSibling(name + ".d");
    if (Files.isDirectory(misnamed)) {
      problems.add(
          new Problem(
              Severity.WARNING,
              Location.of(misnamed),
              "",
              "The directory is not read",
              "The drop-in directory of " + name + " is " + directory.getFileName()));
    }
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(DocumentFile::hasExtension)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      error(
          Location.of(directory),
          "",
          "The drop-in directory cannot be read",
          "Check that you may read it");
      return List.of();
    }
  }

  /** The same path without {@code ..}, if it leads to the same file. */
  private static Path plain(Path file) {
    Path plain = file.normalize();
    try {
      return Files.isSameFile(plain, file) ? plain : file;
    } catch (IOException e) {
      return file;
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      // Reported when it is read.
      return file.toAbsolutePath().normalize();
    }
  }

  private void error(Location place, String path, String message, String remedy) {
    problems.add(new Problem(Severity.ERROR, place, path, message, remedy));
  }
}
