/** Kernel, its parameters and its initramfs. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
