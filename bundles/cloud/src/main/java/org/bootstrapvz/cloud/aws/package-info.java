/** Requests to Amazon Web Services: credentials, signatures, endpoints, errors. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.cloud.aws;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
