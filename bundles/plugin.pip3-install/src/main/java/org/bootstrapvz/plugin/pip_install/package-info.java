/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.pip_install;

import org.jspecify.annotations.NullMarked;
