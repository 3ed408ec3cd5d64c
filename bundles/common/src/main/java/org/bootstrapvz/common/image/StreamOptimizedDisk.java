/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.nio.file.Path;
import org.bootstrapvz.api.value.Bytes;

/**
 * The volume as a stream-optimized vmdk, the format of disks in an OVF: compressed and read-only.
 *
 * @param path in the workspace; several tasks may read it
 * @param capacity size of the disk
 */
public record StreamOptimizedDisk(Path path, Bytes capacity) {}
