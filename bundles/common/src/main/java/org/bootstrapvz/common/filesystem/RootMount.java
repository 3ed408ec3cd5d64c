/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import org.bootstrapvz.api.resource.Resource;

/**
 * Something that is mounted in the root and no part of the image. It is released before filesystems
 * are made from the root.
 *
 * @param mount the mount
 */
public record RootMount(Resource mount) {}
