/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package org.bootstrapvz.plugin.docker_daemon;

import org.jspecify.annotations.NullMarked;
