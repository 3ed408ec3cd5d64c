/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.azure.time;

import org.jspecify.annotations.NullMarked;
