/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.pip.internal;

import org.jspecify.annotations.NullMarked;
