/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.cloud.internal;

import org.jspecify.annotations.NullMarked;
