/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.cli.internal.project;

import org.jspecify.annotations.NullMarked;
