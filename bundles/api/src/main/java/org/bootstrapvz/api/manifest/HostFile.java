/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bootstrapvz.api.problem.Located;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;

/**
 * A file or directory of the host that a manifest names and that the build reads. A build on
 * another machine needs a copy of it.
 *
 * @param file its absolute path on the host
 * @param path the path of the value in the manifest that names it: {@code packages.trusted-keys.0}
 * @param location where the value is in the manifest
 */
public record HostFile(Path file, String path, Location location) implements Located {
  /**
   * Returns why the file cannot be read on this host; empty if it can.
   *
   * @param severity of the problem
   */
  public Optional<Problem> problem(Severity severity) {
    if (Files.isReadable(file)) {
      return Optional.empty();
    }
    boolean home =
        StreamSupport.stream(file.spliterator(), false)
            .anyMatch(name -> name.toString().startsWith("~"));
    String remedy =
        home
            ? "A ~ does not stand for a home directory here: write the path without it"
            : "Create it, or correct the path. A relative path starts at the directory of the"
                + " manifest";
    return Optional.of(
        Files.exists(file)
            ? new Problem(severity, location, path, file + " cannot be read", "Allow it with chmod")
            : new Problem(severity, location, path, "There is no file " + file, remedy));
  }

  /** Returns the problems of those files that cannot be read on this host. */
  public static List<Problem> missing(Collection<HostFile> files, Severity severity) {
    return files.stream().flatMap(file -> file.problem(severity).stream()).distinct().toList();
  }

  /** Returns the file that a value of a manifest names, see {@link Manifest#resolve}. */
  public static HostFile of(Manifest manifest, ManifestValue value) {
    return new HostFile(manifest.resolve(value), value.path(), value.location());
  }
}
