/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.engine.internal.deploy;

import org.jspecify.annotations.NullMarked;
