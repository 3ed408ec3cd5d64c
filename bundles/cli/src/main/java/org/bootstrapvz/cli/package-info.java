/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The commands of {@code bootstrap-vz}: what a bundle implements to add one, and what commands
 * share: the terminal, colours, exit statuses, tables, messages about files and manifests.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bootstrapvz.cli;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
