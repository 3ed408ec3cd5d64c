/** Problems of the input, and failures of builds: location, cause and remedy. */
@Export
@Version("1.1.0")
@NullMarked
package org.bootstrapvz.api.problem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
