/** Tasks: the small steps a build is made of, and the set of them that a manifest asks for. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
