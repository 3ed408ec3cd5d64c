/** The groups of common tasks that most providers start from. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
