/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.openstack.internal;

import org.jspecify.annotations.NullMarked;
