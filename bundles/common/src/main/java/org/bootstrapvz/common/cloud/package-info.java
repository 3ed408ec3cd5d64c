/* SPDX-License-Identifier: Apache-2.0 */
/** What all images for clouds have in common. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.common.cloud;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
