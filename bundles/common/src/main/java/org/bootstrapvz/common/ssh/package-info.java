/** The SSH server and its keys. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.ssh;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
