/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.common.internal.apt;

import org.jspecify.annotations.NullMarked;
