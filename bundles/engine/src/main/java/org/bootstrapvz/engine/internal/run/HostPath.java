/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;

/**
 * A resource of the host that is a path.
 *
 * @param path the file or directory to delete; its parents contain no links, but it can be a link
 *     itself
 * @param keep delivered files and directories, without links, that must stay in place
 */
record HostPath(Path path, Set<Path> keep) {
  /** Prefix of the parameters in which the engine passes the delivered files. */
  static final String KEEP = "keep.";

  private static final String PATH = "path";

  /** Empty if the path does not exist. */
  static Optional<HostPath> of(ResourceSpec spec) throws BuildException, IOException {
    Path path = absolute(spec).orElseThrow(() -> new BuildException(notAbsolute(spec)));
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Set<Path> keep = new HashSet<>();
    for (Map.Entry<String, String> parameter : spec.parameters().entrySet()) {
      Path file = Path.of(parameter.getValue());
      if (parameter.getKey().startsWith(KEEP) && Files.exists(file)) {
        keep.add(file.toRealPath());
      }
    }
    return Optional.of(new HostPath(parent(path).toRealPath().resolve(path.getFileName()), keep));
  }

  /** The reason to reject a specification without an absolute path. */
  static String notAbsolute(ResourceSpec spec) {
    return "A resource of the type "
        + spec.type()
        + " needs an absolute path below /, not \""
        + spec.parameters().getOrDefault(PATH, "")
        + "\"";
  }

  /** The path of a specification if it is absolute and may be deleted. */
  static Optional<Path> absolute(ResourceSpec spec) {
    Path path = Path.of(spec.parameters().getOrDefault(PATH, "")).normalize();
    return path.isAbsolute() && path.getFileName() != null ? Optional.of(path) : Optional.empty();
  }

  /** The directory that contains the file or directory to delete. */
  Path parent() {
    return parent(path);
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "The path is absolute and not /");
  }

  /** Whether a delivered file is at the path or below it. */
  boolean mustStay(Path candidate) {
    return keep.stream().anyMatch(delivered -> delivered.startsWith(candidate));
  }

  /** Whether the path itself was delivered. */
  boolean delivered(Path candidate) {
    return keep.contains(candidate);
  }
}
