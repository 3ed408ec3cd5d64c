/**
 * What every command needs: the terminal, its colours, the exit statuses, and messages about files.
 */
@Export
@Version("1.0.0")
package org.bootstrapvz.cli;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
