/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.debconf;

import org.jspecify.annotations.NullMarked;
