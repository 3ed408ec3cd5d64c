/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.plugins;

import org.jspecify.annotations.NullMarked;
