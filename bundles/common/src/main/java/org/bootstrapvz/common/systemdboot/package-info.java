/** systemd-boot: its package, its menu entries and the EFI system partition. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.systemdboot;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
