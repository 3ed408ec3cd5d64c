/** The machine a build runs on: commands, the build's sandbox, the root of the image. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.host;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
