/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.engine.internal.plan;

import org.jspecify.annotations.NullMarked;
