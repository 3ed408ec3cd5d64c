/**
 * Providers and plugins: who decides which tasks a manifest needs, and what is known of those
 * installed.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.extension;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
