/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.http.internal.exchange;

import org.jspecify.annotations.NullMarked;
