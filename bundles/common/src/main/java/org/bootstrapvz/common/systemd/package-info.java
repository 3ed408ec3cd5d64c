/** Units of systemd in the image. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.systemd;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
