/** The manifest, read and checked, with the place of every value in its file. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.manifest;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
