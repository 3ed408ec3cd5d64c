/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.gce.packages;

import org.jspecify.annotations.NullMarked;
