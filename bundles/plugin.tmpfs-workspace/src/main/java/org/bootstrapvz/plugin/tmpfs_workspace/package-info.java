/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.tmpfs_workspace;

import org.jspecify.annotations.NullMarked;
