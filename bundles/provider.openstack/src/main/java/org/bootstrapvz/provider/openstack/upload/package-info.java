/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.openstack.upload;

import org.jspecify.annotations.NullMarked;
