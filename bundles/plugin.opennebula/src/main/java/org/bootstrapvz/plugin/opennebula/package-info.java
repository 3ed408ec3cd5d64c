/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.opennebula;

import org.jspecify.annotations.NullMarked;
