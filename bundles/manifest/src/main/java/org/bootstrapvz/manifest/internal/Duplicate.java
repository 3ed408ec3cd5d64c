/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import org.bootstrapvz.api.problem.Location;

/** A duplicate key of a map. */
record Duplicate(String key, Location first, Location second) {}
