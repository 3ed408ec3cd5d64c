/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.init;

import org.jspecify.annotations.NullMarked;
