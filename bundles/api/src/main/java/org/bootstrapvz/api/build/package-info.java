/** Running builds: the request, the events, the result. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.build;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
