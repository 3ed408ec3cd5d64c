/** Language, character set and time zone. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.locale;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
