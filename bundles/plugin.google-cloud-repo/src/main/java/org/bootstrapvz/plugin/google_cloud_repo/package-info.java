/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.google_cloud_repo;

import org.jspecify.annotations.NullMarked;
