/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.model;

import org.jspecify.annotations.NullMarked;
