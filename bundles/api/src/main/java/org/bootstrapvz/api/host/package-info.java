/** The machine that a build runs on: commands, the sandbox of the build, the root of the image. */
@Export
@Version("1.1.0")
@NullMarked
package org.bootstrapvz.api.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
