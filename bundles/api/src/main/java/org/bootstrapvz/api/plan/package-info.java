/** The plan of a build: the sorted task list with the reasons, and the service that creates it. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.plan;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
