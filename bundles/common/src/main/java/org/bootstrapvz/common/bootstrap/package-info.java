/** The base system. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.bootstrap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
