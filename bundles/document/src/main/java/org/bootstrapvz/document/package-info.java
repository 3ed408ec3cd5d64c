/* SPDX-License-Identifier: Apache-2.0 */
/** JSON documents of what goes into a build and what comes out of it. */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.document;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
