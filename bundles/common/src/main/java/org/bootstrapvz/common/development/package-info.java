/* SPDX-License-Identifier: Apache-2.0 */
/** Aids for authors of plugins. */
@Export
@Version("1.0.0")
package org.bootstrapvz.common.development;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
