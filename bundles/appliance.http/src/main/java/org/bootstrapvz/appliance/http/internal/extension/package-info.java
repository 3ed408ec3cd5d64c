/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.http.internal.extension;

import org.jspecify.annotations.NullMarked;
