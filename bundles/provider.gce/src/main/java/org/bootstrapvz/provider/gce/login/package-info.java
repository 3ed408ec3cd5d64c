/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.provider.gce.login;

import org.jspecify.annotations.NullMarked;
