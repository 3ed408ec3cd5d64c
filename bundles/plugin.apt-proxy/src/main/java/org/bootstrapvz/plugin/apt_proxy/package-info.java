/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.apt_proxy;

import org.jspecify.annotations.NullMarked;
