/** The ledger of what builds created in clouds: the mark by which it is found, and its list. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.cloud.ledger;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
