/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.chef;

import org.jspecify.annotations.NullMarked;
