/* SPDX-License-Identifier: Apache-2.0 */
/** Reads and checks the configuration files. */
@NullMarked
package org.bootstrapvz.appliance.operations.internal.configuration;

import org.jspecify.annotations.NullMarked;
