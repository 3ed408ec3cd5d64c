/** HTTP with the servers of registries and clouds: connections, retries, logins, bodies. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.cloud.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
