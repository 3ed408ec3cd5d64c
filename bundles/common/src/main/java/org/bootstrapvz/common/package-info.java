/** The groups of common tasks that most providers start from. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
