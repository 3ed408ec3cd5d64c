/** Units of systemd in the image. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.systemd;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
