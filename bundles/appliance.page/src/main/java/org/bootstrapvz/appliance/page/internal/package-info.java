/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.page.internal;

import org.jspecify.annotations.NullMarked;
