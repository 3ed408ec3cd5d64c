/** Sources, preferences and configuration of apt, and what is done with them. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.apt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
