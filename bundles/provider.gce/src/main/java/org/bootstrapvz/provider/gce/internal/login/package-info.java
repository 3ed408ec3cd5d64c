/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.gce.internal.login;

import org.jspecify.annotations.NullMarked;
