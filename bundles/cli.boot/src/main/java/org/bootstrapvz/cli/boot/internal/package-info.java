/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.boot.internal;

import org.jspecify.annotations.NullMarked;
