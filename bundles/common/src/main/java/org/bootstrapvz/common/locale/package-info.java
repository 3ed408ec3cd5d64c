/** Language, character set and time zone. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.locale;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
