/** Running builds: the request, the events, the result. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.build;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
