/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.appliance.shell.internal;

import org.jspecify.annotations.NullMarked;
