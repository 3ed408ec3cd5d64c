/** What a build takes and must give back, whatever happens. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.resource;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
