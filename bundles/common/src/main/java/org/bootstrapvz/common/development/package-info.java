/* SPDX-License-Identifier: Apache-2.0 */
/** Aids for authors of plugins. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.development;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
