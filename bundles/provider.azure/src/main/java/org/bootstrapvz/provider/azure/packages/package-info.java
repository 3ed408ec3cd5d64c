/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.azure.packages;

import org.jspecify.annotations.NullMarked;
