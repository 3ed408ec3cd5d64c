/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.engine.internal.registry;

import org.jspecify.annotations.NullMarked;
