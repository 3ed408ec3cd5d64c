/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.oracle.upload;

import org.jspecify.annotations.NullMarked;
