/** Tasks, the steps of a build, and the set of tasks that a manifest needs. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
