/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.nio.file.Path;
import org.bootstrapvz.api.value.Bytes;

/**
 * The volume as a stream-optimized vmdk, the form in which disks travel with an OVF: compressed and
 * not to be written to.
 *
 * @param path in the workspace; several tasks may read it
 * @param capacity size of the disk
 */
public record StreamOptimizedDisk(Path path, Bytes capacity) {}
