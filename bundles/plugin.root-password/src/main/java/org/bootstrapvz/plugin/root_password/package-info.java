/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.root_password;

import org.jspecify.annotations.NullMarked;
