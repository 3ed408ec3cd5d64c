/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.nio.file.Path;

/**
 * What a build delivers: a file, a folder or a block device.
 *
 * @param file absolute path on the host
 * @param size apparent size in bytes, of a folder that of all in it
 * @param sizeOnDisk bytes it takes on the disk, less than {@code size} for a sparse file
 * @param sha256 of the content of a file, 64 hexadecimal digits; empty for a folder and for a
 *     device, of which none is computed
 */
public record Artefact(Path file, long size, long sizeOnDisk, String sha256) {}
