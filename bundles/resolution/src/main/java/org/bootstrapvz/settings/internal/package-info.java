/* SPDX-License-Identifier: Apache-2.0 */
/** Reads configuration files. Depends on the JDK only. */
@NullMarked
package org.bootstrapvz.settings.internal;

import org.jspecify.annotations.NullMarked;
