/** GRUB: its packages, its configuration, and the parts of it that the firmware starts. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.grub;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
