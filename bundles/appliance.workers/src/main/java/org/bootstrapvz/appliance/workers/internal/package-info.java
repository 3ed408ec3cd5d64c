/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.workers.internal;

import org.jspecify.annotations.NullMarked;
