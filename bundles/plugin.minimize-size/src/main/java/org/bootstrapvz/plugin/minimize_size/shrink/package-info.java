/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.minimize_size.shrink;

import org.jspecify.annotations.NullMarked;
