/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.minimize_size;

import org.jspecify.annotations.NullMarked;
