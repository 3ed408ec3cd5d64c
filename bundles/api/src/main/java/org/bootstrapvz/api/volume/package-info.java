/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The bootloaders, image formats and filesystems that a manifest can name, as plain data that is
 * read from the properties of their services.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.api.volume;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
