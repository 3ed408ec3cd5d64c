/* SPDX-License-Identifier: Apache-2.0 */
/** Tasks for kernel modules and terminals. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.boot;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
