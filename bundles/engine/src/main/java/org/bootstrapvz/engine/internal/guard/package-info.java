/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.engine.internal.guard;

import org.jspecify.annotations.NullMarked;
