/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.ntp;

import org.jspecify.annotations.NullMarked;
