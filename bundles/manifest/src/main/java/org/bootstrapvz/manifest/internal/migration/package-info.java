/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.manifest.internal.migration;

import org.jspecify.annotations.NullMarked;
