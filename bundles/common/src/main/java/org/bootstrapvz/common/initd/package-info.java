/** Services of the image's systemd. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.initd;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
