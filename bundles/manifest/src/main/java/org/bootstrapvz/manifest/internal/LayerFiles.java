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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
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
  private final OutsideValues outside;
  private final Problems problems;
  private final List<Layer> layers = new ArrayList<>();
  private final List<ComputedPath> computed = new ArrayList<>();

  /** Those that have precedence over the file that is being read, the first over all others. */
  private final List<Layer> above = new ArrayList<>();

  /** The real paths of the files whose includes are being read, the innermost last. */
  private final List<Path> around = new ArrayList<>();

  private final Set<Path> read = new HashSet<>();
  private long bytes;
  private int values;
  private boolean full;
  private boolean complete = true;

  /** The values of the row of the matrix by axis. */
  private Map<String, Node> row = Map.of();

  /**
   * A path with references to variables.
   *
   * @param path the path with the values that the variables had when it was needed
   */
  private record ComputedPath(Value item, String path) {}

  LayerFiles(
      ManifestSource source, CompositionChecks checks, OutsideValues outside, Problems problems) {
    this.source = source;
    this.checks = checks;
    this.outside = outside;
    this.problems = problems;
  }

  /**
   * Returns the layers, the one with precedence over all others last; none if a file cannot be
   * read.
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
    read.add(real(source.file()));
    Layer first = checked(Layer.of(source.file(), manifest.get()));
    Matrix matrix = Matrix.of(first);
    if (!matrix.isEmpty()) {
      row =
          matrix.values(
              source.row(),
              problem -> {
                complete = false;
                problems.add(problem);
              });
      outside.addRow(row, matrix);
    }
    List<Layer> dropIns = new ArrayList<>();
    if (!source.selfContained()) {
      dropIns().forEach(file -> part(file, Location.of(file), "").ifPresent(dropIns::add));
    }
    for (int i = dropIns.size() - 1; i >= 0; i--) {
      above.add(dropIns.get(i));
    }
    add(first);
    above.clear();
    for (Layer dropIn : dropIns) {
      add(dropIn);
    }
    return complete ? layers : List.of();
  }

  /** Returns the values of the row of the matrix by axis. */
  Map<String, Node> row() {
    return row;
  }

  /** Reports paths whose variables got other values from files that were read later. */
  void checkPaths(VariableValues variables) {
    for (ComputedPath each : computed) {
      Node.Scalar written = (Node.Scalar) each.item().node();
      Node now = variables.references(problem -> {}).replace(written, each.item().path());
      if (!(now instanceof Node.Scalar scalar && scalar.text().equals(each.path()))) {
        problems.error(
            each.item(),
            "The path was "
                + each.path()
                + " when the file was read, but a file that was read later"
                + " gives its variables other values",
            "Set the variables in the file that has this include, or from outside");
      }
    }
  }

  /** A layer whose keys of the composition have the right form. */
  private Layer checked(Layer layer) {
    if (checks.accept(layer)) {
      return layer;
    }
    complete = false;
    return layer.withoutComposition();
  }

  /** Reports a matrix in a file that is only a part of the manifest. */
  private Layer withoutMatrix(Layer layer) {
    Value matrix = Value.root(layer.composition()).get(Matrix.KEY);
    if (matrix.exists()) {
      error(
          matrix.keyLocation(),
          Matrix.KEY,
          "Only the manifest itself can have a matrix",
          "Move it to " + source.file());
    }
    return layer;
  }

  /** Reads the files that a layer includes, then adds it. */
  private void add(Layer layer) {
    around.add(real(layer.file()));
    above.add(layer);
    Value include = Value.root(layer.composition()).get("include");
    if (include.exists() && source.selfContained()) {
      problems.error(
          include,
          "This manifest must be complete without other files",
          "bootstrap-vz render prints a manifest and the files that it includes as one; bootstrap-vz"
              + " submit sends that");
      complete = false;
    } else {
      include.items().forEach(item -> include(layer.file(), (Value) item));
    }
    above.remove(above.size() - 1);
    around.remove(around.size() - 1);
    layers.add(layer);
  }

  /** The path of an include, its references replaced by what is known above the file. */
  private String path(Value item) {
    Declarations declarations = new Declarations(problem -> {});
    above.forEach(declarations::add);
    VariableValues known = VariableValues.of(declarations.variables(), outside, problem -> {});
    Node.Scalar written = (Node.Scalar) item.node();
    Node.Scalar path =
        known.references(problems).replace(written, item.path()) instanceof Node.Scalar scalar
            ? scalar
            : written;
    if (!path.equals(written)) {
      computed.add(new ComputedPath(item, path.text()));
    }
    return path.text();
  }

  private void include(Path from, Value item) {
    Path file;
    try {
      file = from.resolveSibling(path(item));
    } catch (InvalidPathException e) {
      problems.error(item, ValueText.shown(item) + " is not a path", "Name a file");
      complete = false;
      return;
    }
    if (!Files.exists(file)) {
      fail(
          item,
          "There is no file " + file,
          "Create it, or correct the path. It is relative to the directory of " + from);
      return;
    }
    Path real = real(file);
    if (around.contains(real)) {
      fail(
          item,
          "The files include each other: "
              + Stream.concat(
                      around.subList(around.indexOf(real), around.size()).stream(), Stream.of(real))
                  .map(path -> String.valueOf(path.getFileName()))
                  .collect(Collectors.joining(" includes ")),
          "Remove one of the includes");
    } else if (around.size() > MAX_DEPTH) {
      fail(
          item,
          "Files include each other " + MAX_DEPTH + " levels deep",
          "Include the file in the manifest itself");
    } else if (!read.contains(real)) {
      part(plain(file), item.location(), item.path()).ifPresent(this::add);
    }
  }

  /** Reads a file, but not what it includes. */
  private Optional<Layer> part(Path file, Location place, String path) {
    if (full) {
      return Optional.empty();
    }
    if (read.size() >= MAX_FILES) {
      full = true;
      error(place, path, "The manifest has more than " + MAX_FILES + " files", "Join some of them");
      return Optional.empty();
    }
    read.add(real(file));
    String text;
    try {
      text = DocumentFile.text(file, PART);
    } catch (DocumentFile.UnreadableException e) {
      error(place, path, file + ": " + e.problem, e.remedy);
      return Optional.empty();
    }
    boolean[] wrong = {false};
    Optional<Node.Mapping> map =
        DocumentFile.map(
            file,
            text,
            PART,
            Optional.empty(),
            problem -> {
              wrong[0] = true;
              problems.add(problem);
            });
    if (map.isEmpty() && wrong[0]) {
      complete = false;
    }
    return map.filter(it -> count(text, it, place, path))
        .map(it -> withoutMatrix(checked(Layer.of(file, it))));
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

  private void fail(Value item, String message, String remedy) {
    error(item.location(), item.path(), message, remedy);
  }

  private void error(Location place, String path, String message, String remedy) {
    complete = false;
    problems.add(new Problem(Severity.ERROR, place, path, message, remedy));
  }
}
