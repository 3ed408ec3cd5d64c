/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.admin_user;

import org.jspecify.annotations.NullMarked;
