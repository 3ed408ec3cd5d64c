/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.unattended_upgrades;

import org.jspecify.annotations.NullMarked;
