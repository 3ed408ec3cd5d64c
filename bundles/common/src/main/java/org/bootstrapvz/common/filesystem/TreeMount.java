/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import org.bootstrapvz.api.resource.Resource;

/**
 * The storage of the root: memory, or a file on the disk. It is released after filesystems are
 * created from the root.
 *
 * @param part a mount or a file, in the order of acquisition
 */
public record TreeMount(Resource part) {}
