/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.pip;

import org.jspecify.annotations.NullMarked;
