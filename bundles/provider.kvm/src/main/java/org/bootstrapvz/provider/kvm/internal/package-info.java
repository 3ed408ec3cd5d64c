/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.kvm.internal;

import org.jspecify.annotations.NullMarked;
