/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.http.internal.connections;

import org.jspecify.annotations.NullMarked;
