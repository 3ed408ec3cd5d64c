/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.http.internal.security;

import org.jspecify.annotations.NullMarked;
