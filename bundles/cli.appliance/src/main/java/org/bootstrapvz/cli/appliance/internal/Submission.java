/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.cli.FileProblem;
import org.bootstrapvz.document.ManifestText;

/**
 * The text that is sent for a manifest: that of its file, or, if it includes other files or has
 * variables, all of it as one.
 */
final class Submission {
  private static final int UNPROCESSABLE = 422;

  private final Path file;
  private final String text;
  private final Optional<ManifestText> composed;

  private Submission(Path file, String text, Optional<ManifestText> composed) {
    this.file = file;
    this.text = text;
    this.composed = composed;
  }

  /**
   * Reads a manifest. The appliance checks it: only what it cannot know is reported here.
   *
   * @throws ApplianceException if the file, or one that it includes, cannot be read
   */
  static Submission of(ManifestSource source, ManifestReader reader) throws ApplianceException {
    Path file = source.file();
    try {
      if (Files.size(file) > ManifestReader.MAX_BYTES) {
        throw tooLarge(file.toString());
      }
      String text = Files.readString(file);
      List<Problem> problems = new ArrayList<>();
      Optional<Manifest> manifest = reader.read(source, VolumeTypes.NONE, problems::add);
      if (manifest.isPresent() && manifest.get().isComposed()) {
        ManifestText composed = ManifestText.confidential(manifest.get());
        if (composed.text().getBytes(StandardCharsets.UTF_8).length > ManifestReader.MAX_BYTES) {
          throw tooLarge(file + " with the files that it includes");
        }
        return new Submission(file, composed.text(), Optional.of(composed));
      }
      if (manifest.isEmpty()) {
        throw new ApplianceException(
            UNPROCESSABLE,
            "The manifest has errors",
            problems.stream().map(Problem::toString).toList());
      }
      return new Submission(file, text, Optional.empty());
    } catch (IOException e) {
      throw new ApplianceException(
          UNPROCESSABLE, "Cannot read " + FileProblem.describe(e), List.of());
    }
  }

  private static ApplianceException tooLarge(String what) {
    return new ApplianceException(
        UNPROCESSABLE, what + " is larger than " + ManifestReader.MAX_BYTES + " bytes", List.of());
  }

  /** The name of the manifest. */
  String name() {
    return String.valueOf(file.getFileName());
  }

  /** The text, with its secrets. */
  String text() {
    return text;
  }

  /** Where the value in a line of the text comes from; empty if the text is that of the file. */
  Optional<Location> place(int line) {
    return composed.flatMap(all -> all.origin(line));
  }
}
