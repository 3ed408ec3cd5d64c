/**
 * Fakes of clouds on the loopback interface. They verify what the cloud verifies, fail on demand,
 * and know what exists at the end.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.testkit.cloud;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
