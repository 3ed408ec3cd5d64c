/** A volume that is a logical volume of the build host. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.lvm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
