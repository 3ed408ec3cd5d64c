/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.value.Bytes;

/**
 * A request to create a filesystem. Immutable. All paths are the same inside and outside of the
 * sandbox, except that of the tree, which is a path inside.
 *
 * @param manifest the manifest of the build
 * @param sandbox the sandbox for commands
 * @param tree the directory with the content
 * @param file the file to write to, which exists: the image for a filesystem that is written in
 *     place, otherwise a file that has the size of the filesystem and is empty
 * @param offset where in the file the filesystem starts
 * @param size of the filesystem
 * @param uuid of the filesystem
 * @param label of the filesystem, at most 16 characters
 * @param subvolumes directories that become subvolumes, without a leading slash, parents first
 * @param formatCommand the manifest's own command to create it, with {@code {fs}}, {@code
 *     {device_path}} and {@code {size}} replaced; empty for the default
 * @param scratch a directory for temporary files
 */
public record FilesystemRequest(
    Manifest manifest,
    Sandbox sandbox,
    Path tree,
    Path file,
    Bytes offset,
    Bytes size,
    String uuid,
    String label,
    List<String> subvolumes,
    List<String> formatCommand,
    Path scratch) {
  /** Copies the lists. */
  public FilesystemRequest {
    subvolumes = List.copyOf(subvolumes);
    formatCommand = List.copyOf(formatCommand);
  }
}
