/** GRUB: its packages, its configuration, and the parts of it that the firmware starts. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.grub;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
