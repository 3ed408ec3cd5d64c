/** Host name and network interfaces. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.network;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
