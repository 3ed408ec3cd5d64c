/** Host name and network interfaces. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.network;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
