/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.gce.boot;

import org.jspecify.annotations.NullMarked;
