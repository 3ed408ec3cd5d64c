/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.prebootstrapped;

import org.jspecify.annotations.NullMarked;
