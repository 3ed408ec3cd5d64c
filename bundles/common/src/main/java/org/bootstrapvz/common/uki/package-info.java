/** The unified kernel image: kernel, initramfs and command line as one UEFI program. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.uki;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
