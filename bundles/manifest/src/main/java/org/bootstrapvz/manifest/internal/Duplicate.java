/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import org.bootstrapvz.manifest.internal.Node.Mark;

/** A key that a map holds twice. */
record Duplicate(String key, Mark first, Mark second) {}
