/** The unified kernel image: kernel, initramfs and command line as one program of UEFI. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.uki;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
