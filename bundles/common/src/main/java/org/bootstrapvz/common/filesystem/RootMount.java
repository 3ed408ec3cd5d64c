/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import org.bootstrapvz.api.resource.Resource;

/**
 * A mount in the root that is not part of the image. It is released before filesystems are created
 * from the root.
 *
 * @param mount the mount
 */
public record RootMount(Resource mount) {}
