/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.virtualbox.guest_additions;

import org.jspecify.annotations.NullMarked;
