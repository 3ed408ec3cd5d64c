/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.io.IOException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A filesystem, chosen by {@code volume.partitions.NAME.filesystem}. A service with a {@link
 * FilesystemDefinition}. Stateless; may be used by several threads at the same time.
 *
 * <p>The task that creates the filesystems of a volume calls {@link #create}. A task of another
 * bundle reads the types that the manifest names by {@code collects = NamedFilesystem.class}.
 */
@ConsumerType
public interface FilesystemType {
  /**
   * Checks what neither the schema nor the definition can express. Called for each partition with
   * this filesystem if the manifest has no error so far. Reports; does not throw.
   *
   * @param partition the partition in the manifest
   */
  default void check(ManifestValue partition, Manifest manifest, Problems problems) {}

  /**
   * Adds tasks and host commands that the filesystem needs, apart from the commands in its
   * definition. The tasks that create and mount filesystems are added anyway. Called once, however
   * many partitions have this filesystem.
   *
   * @see TaskSet#addVolume
   */
  default void selectTasks(TaskSet tasks, Manifest manifest) {}

  /**
   * Returns whether a tree fits into a filesystem of this size. This is an estimate before anything
   * is written, and should be conservative.
   *
   * @param size of the filesystem
   */
  boolean fits(TreeSize tree, Bytes size);

  /**
   * Creates the filesystem and fills it from a tree.
   *
   * @throws BuildException if that is not possible; if a command fails because the filesystem is
   *     full, its {@link org.bootstrapvz.api.host.CommandException} unchanged, which the caller
   *     replaces by a message with the required size
   * @throws IOException if a file cannot be read or written
   */
  void create(FilesystemRequest request) throws BuildException, IOException;
}
