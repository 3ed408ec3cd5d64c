/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.accounts;

import org.jspecify.annotations.NullMarked;
