/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.docker.image;

import org.jspecify.annotations.NullMarked;
