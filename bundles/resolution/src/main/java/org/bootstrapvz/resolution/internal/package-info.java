/* SPDX-License-Identifier: Apache-2.0 */
/** Describes why a bundle cannot be resolved. Depends on the framework's API only. */
@NullMarked
package org.bootstrapvz.resolution.internal;

import org.jspecify.annotations.NullMarked;
