/** The volume: the file that becomes the image, and the tasks that create it. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.volume;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
