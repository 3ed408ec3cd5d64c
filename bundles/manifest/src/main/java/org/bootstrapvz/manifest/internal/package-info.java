/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.manifest.internal;

import org.jspecify.annotations.NullMarked;
