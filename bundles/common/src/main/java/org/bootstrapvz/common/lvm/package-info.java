/** A volume that is a logical volume of the machine that builds. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.lvm;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
