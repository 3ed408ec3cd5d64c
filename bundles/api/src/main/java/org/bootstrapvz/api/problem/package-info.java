/** What is wrong with a person's input, or why a build failed: place, cause and remedy. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.problem;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
