/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.engine.internal.run;

import org.jspecify.annotations.NullMarked;
