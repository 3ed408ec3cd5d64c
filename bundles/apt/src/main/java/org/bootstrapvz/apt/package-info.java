/**
 * What apt is told: sources, packages, preferences; and where the host gets its own packages from.
 */
@Export
@Version("1.0.0")
package org.bootstrapvz.apt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
