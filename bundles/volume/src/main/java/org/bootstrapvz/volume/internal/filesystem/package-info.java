/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.volume.internal.filesystem;

import org.jspecify.annotations.NullMarked;
