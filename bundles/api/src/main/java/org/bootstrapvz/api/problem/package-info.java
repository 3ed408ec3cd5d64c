/** What is wrong with a person's input, where it stands, and what would be right. */
@Export
@Version("1.0.0")
package org.bootstrapvz.api.problem;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
