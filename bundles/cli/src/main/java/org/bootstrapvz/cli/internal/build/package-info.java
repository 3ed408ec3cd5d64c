/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.build;

import org.jspecify.annotations.NullMarked;
