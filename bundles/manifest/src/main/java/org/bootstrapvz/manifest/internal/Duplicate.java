/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import org.bootstrapvz.manifest.internal.Node.Mark;

/** A duplicate key of a map. */
record Duplicate(String key, Mark first, Mark second) {}
