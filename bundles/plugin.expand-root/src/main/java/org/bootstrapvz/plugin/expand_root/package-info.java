/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.expand_root;

import org.jspecify.annotations.NullMarked;
