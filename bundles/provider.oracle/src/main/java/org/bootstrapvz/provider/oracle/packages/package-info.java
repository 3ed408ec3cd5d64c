/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.oracle.packages;

import org.jspecify.annotations.NullMarked;
