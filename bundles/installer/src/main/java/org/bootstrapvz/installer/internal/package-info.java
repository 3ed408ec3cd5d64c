/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.installer.internal;

import org.jspecify.annotations.NullMarked;
