/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.openstack.packages;

import org.jspecify.annotations.NullMarked;
