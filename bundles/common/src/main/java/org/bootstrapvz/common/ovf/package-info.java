/** Descriptions of virtual machines in the Open Virtualization Format. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.ovf;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
