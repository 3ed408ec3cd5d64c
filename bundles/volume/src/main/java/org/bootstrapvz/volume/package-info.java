/**
 * The volume: where each partition lies, and how filesystems, partition table and bootloader get
 * into the plain file that becomes the image.
 */
@Export
@Version("1.0.0")
package org.bootstrapvz.volume;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
