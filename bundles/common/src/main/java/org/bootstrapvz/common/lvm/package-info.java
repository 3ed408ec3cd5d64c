/** A volume that is a logical volume of the build host. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.lvm;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
