/** Sources, preferences and configuration of apt, and the tasks that run apt. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.apt;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
