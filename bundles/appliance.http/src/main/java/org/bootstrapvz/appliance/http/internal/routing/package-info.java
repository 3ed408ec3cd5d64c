/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.http.internal.routing;

import org.jspecify.annotations.NullMarked;
