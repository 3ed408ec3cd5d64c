/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.cloud_init;

import org.jspecify.annotations.NullMarked;
