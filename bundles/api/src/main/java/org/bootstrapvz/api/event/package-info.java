/** What a build tells while it runs. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
