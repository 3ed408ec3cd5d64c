/* SPDX-License-Identifier: Apache-2.0 */
/** Tasks for the configuration of dpkg. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.dpkg;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
