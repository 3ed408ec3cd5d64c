/** The SSH server and its keys. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.ssh;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
