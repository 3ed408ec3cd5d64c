/** Plans and builds: what a task may do while it runs, and how a build is asked for. */
@Export
@Version("1.1.0")
package org.bootstrapvz.api.build;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
