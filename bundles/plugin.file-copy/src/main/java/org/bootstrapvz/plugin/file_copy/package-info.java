/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.file_copy;

import org.jspecify.annotations.NullMarked;
