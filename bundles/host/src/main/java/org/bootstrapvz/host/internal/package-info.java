/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.host.internal;

import org.jspecify.annotations.NullMarked;
