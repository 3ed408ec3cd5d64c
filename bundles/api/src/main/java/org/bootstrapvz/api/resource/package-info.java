/** Resources that a build acquires. They are always released. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.resource;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
