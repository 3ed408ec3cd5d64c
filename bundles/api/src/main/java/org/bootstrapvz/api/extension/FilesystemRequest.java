/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.value.Bytes;

/**
 * A filesystem to make. Immutable. All paths are the same inside and outside of the sandbox, except
 * that of the tree, which is a path inside.
 *
 * @param manifest the manifest of the build
 * @param sandbox where commands run
 * @param tree the directory with the content
 * @param file the file to write to, which exists: the image for a filesystem that is written in
 *     place, otherwise a file that has the size of the filesystem and is empty
 * @param offset where in the file the filesystem starts
 * @param size of the filesystem
 * @param uuid of the filesystem
 * @param label of the filesystem, at most 16 characters
 * @param subvolumes directories to make subvolumes of, without a leading slash, parents first
 * @param formatCommand the manifest's own command to make it, with {@code {fs}}, {@code
 *     {device_path}} and {@code {size}} replaced; empty for the usual one
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
  /** With immutable copies of the lists. */
  public FilesystemRequest {
    subvolumes = List.copyOf(subvolumes);
    formatCommand = List.copyOf(formatCommand);
  }
}
