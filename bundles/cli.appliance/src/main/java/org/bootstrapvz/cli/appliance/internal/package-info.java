/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.appliance.internal;

import org.jspecify.annotations.NullMarked;
