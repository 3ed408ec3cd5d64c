/**
 * The configuration of apt for an image: packages, sources, pins. Tasks pass these values to each
 * other.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.packages;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
