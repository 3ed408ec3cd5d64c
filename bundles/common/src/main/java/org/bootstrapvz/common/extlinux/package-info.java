/** EXTLINUX: its package, its menu and its boot code. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.extlinux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
