/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.engine.internal.graph;

import org.jspecify.annotations.NullMarked;
