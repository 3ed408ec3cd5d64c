/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is needed to give a resource back, also after a crash, by another process: written to the
 * build's journal before the resource is made. Holds no secrets.
 *
 * @param type names the {@link ResourceType} that gives it back
 * @param parameters what that needs to know
 * @param description for people: {@code tmpfs on /target/1a2b3c4d/tree}
 */
public record ResourceSpec(String type, Map<String, String> parameters, String description) {
  /** Type of {@link #folder}. */
  public static final String FOLDER = "folder";

  /** Type of {@link #file}. */
  public static final String FILE = "file";

  /** Type of {@link #mount}. */
  public static final String MOUNT = "mount";

  /** A specification with an immutable, sorted copy of the parameters. */
  public ResourceSpec {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /**
   * A folder of the host; given back by deleting it with all in it, never across a filesystem's
   * border.
   */
  public static ResourceSpec folder(Path path) {
    return new ResourceSpec(FOLDER, Map.of("path", path.toString()), "folder " + path);
  }

  /** A file of the host; given back by deleting it. */
  public static ResourceSpec file(Path path) {
    return new ResourceSpec(FILE, Map.of("path", path.toString()), "file " + path);
  }

  /**
   * A mount inside the build's sandbox; given back by unmounting it with all that is mounted in it.
   */
  public static ResourceSpec mount(Path target, String what) {
    return new ResourceSpec(
        MOUNT, Map.of("target", target.toString()), "mount of " + what + " on " + target);
  }
}
