/** EXTLINUX: its package, its menu and its boot code. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.extlinux;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
