/**
 * The volume: the layout of its partitions, and how filesystems, partition table and bootloader are
 * written into the plain file that becomes the image.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.volume;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
