/** Plugins and providers that are not installed yet: who offers them, and how they get here. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.repository;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
