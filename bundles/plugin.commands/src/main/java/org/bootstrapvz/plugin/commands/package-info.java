/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.commands;

import org.jspecify.annotations.NullMarked;
