/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.docker.registry;

import org.jspecify.annotations.NullMarked;
