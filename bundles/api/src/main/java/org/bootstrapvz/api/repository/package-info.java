/** Repositories of plugins and providers, and their installation. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.repository;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
