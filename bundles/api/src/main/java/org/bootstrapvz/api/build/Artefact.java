/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.build;

import java.nio.file.Path;

/**
 * What a build delivers.
 *
 * @param file absolute path on the host
 * @param size apparent size in bytes
 * @param sizeOnDisk bytes it takes on the disk, less than {@code size} for a sparse file
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record Artefact(Path file, long size, long sizeOnDisk, String sha256) {}
