/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.salt;

import org.jspecify.annotations.NullMarked;
