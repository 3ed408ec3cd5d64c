/**
 * Providers and plugins, which choose the tasks that a manifest needs, and the list of those that
 * are installed.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.extension;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
