/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;

/**
 * What a resource of the host that is a path is about.
 *
 * @param path the file or folder to delete; its parents are free of links, itself it may be one
 * @param keep delivered files and folders, free of links, that must stay where they are
 */
record HostPath(Path path, Set<Path> keep) {
  /** Prefix of the parameters by which the engine names what was delivered. */
  static final String KEEP = "keep.";

  private static final String PATH = "path";

  /** Empty if there is nothing at the path. */
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
    return Optional.of(
        new HostPath(path.getParent().toRealPath().resolve(path.getFileName()), keep));
  }

  /** Why a specification that is not about an absolute path is refused. */
  static String notAbsolute(ResourceSpec spec) {
    return "A resource of the type "
        + spec.type()
        + " needs an absolute path below /, not \""
        + spec.parameters().getOrDefault(PATH, "")
        + "\"";
  }

  /** The path of a specification if it is absolute and something that may be deleted. */
  static Optional<Path> absolute(ResourceSpec spec) {
    Path path = Path.of(spec.parameters().getOrDefault(PATH, "")).normalize();
    return path.isAbsolute() && path.getFileName() != null ? Optional.of(path) : Optional.empty();
  }

  /** Whether something delivered is at the path or below it. */
  boolean mustStay(Path candidate) {
    return keep.stream().anyMatch(delivered -> delivered.startsWith(candidate));
  }

  /** Whether this itself was delivered. */
  boolean delivered(Path candidate) {
    return keep.contains(candidate);
  }
}
