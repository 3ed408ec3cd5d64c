/** Descriptions of virtual machines in the Open Virtualization Format. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.ovf;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
