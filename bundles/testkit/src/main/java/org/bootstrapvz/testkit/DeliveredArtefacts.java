/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Sha256;

/** The artefacts that tasks delivered. Local ones are not deleted. */
final class DeliveredArtefacts {
  private static final long MAX_CHECKSUM_BYTES = 16 << 20;

  private final List<Path> files = new ArrayList<>();
  private final List<Artefact.Remote> remote = new ArrayList<>();

  List<Path> files() {
    return List.copyOf(files);
  }

  List<Artefact.Remote> remote() {
    return List.copyOf(remote);
  }

  void add(Artefact.Remote artefact) {
    remote.add(artefact);
  }

  /** Adds a file. The checksum of a large file is all zeros, to save time. */
  Artefact.Local add(Path file) throws BuildException {
    if (!Files.isRegularFile(file)) {
      // A directory, or a device that does not exist where tests run.
      files.add(file);
      return new Artefact.Local(file, 0, 0, "");
    }
    try {
      long size = Files.size(file);
      String checksum = size > MAX_CHECKSUM_BYTES ? "0".repeat(64) : Sha256.of(file);
      files.add(file);
      return new Artefact.Local(file, size, size, checksum);
    } catch (IOException e) {
      throw new BuildException(file + " cannot be read", e);
    }
  }

  /** Deletes a file or directory, except for the delivered files with their parent directories. */
  void deleteRest(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (files.stream()
            .noneMatch(artefact -> artefact.startsWith(each) || each.startsWith(artefact))) {
          Files.delete(each);
        }
      }
    }
  }
}
