/** Tasks: the small steps a build is made of, and the set of them that a manifest asks for. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.task;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
