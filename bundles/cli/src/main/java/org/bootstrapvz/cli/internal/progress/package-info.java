/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.progress;

import org.jspecify.annotations.NullMarked;
