/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import org.bootstrapvz.api.resource.Resource;

/**
 * What the root lies on: memory, or a file on the disk. It is released once filesystems are made
 * from the root.
 *
 * @param part a mount or a file, in the order in which they were taken
 */
public record TreeMount(Resource part) {}
