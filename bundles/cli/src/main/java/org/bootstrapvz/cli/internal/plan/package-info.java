/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.plan;

import org.jspecify.annotations.NullMarked;
