/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.resource;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The information that is needed to release a resource, also after a crash and by another process.
 * The engine writes it to the journal of the build before the resource is created. It contains no
 * secrets; for a cloud it names the source of the credentials and their account.
 *
 * @param type names the {@link ResourceType} that releases the resource
 * @param parameters the parameters for the resource type
 * @param description for messages: {@code tmpfs on /target/1a2b3c4d/tree}
 */
public record ResourceSpec(String type, Map<String, String> parameters, String description) {
  /** Type of {@link #folder}. */
  public static final String FOLDER = "folder";

  /** Type of {@link #file}. */
  public static final String FILE = "file";

  /** Type of {@link #mount}. */
  public static final String MOUNT = "mount";

  /** Copies the parameters and sorts them by name. */
  public ResourceSpec {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /**
   * Returns the specification of a directory of the host. It is released by deleting it with its
   * content, without crossing into other filesystems.
   */
  public static ResourceSpec folder(Path path) {
    return new ResourceSpec(FOLDER, Map.of("path", path.toString()), "folder " + path);
  }

  /** Returns the specification of a file of the host. It is released by deleting it. */
  public static ResourceSpec file(Path path) {
    return new ResourceSpec(FILE, Map.of("path", path.toString()), "file " + path);
  }

  /**
   * Returns the specification of a mount in the build's sandbox. It is released by unmounting it
   * together with the mounts below it.
   */
  public static ResourceSpec mount(Path target, String what) {
    return new ResourceSpec(
        MOUNT, Map.of("target", target.toString()), "mount of " + what + " on " + target);
  }
}
