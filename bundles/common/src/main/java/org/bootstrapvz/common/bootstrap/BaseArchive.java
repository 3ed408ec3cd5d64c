/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.nio.file.Path;

/**
 * An archive of the base system for this build.
 *
 * @param file the archive, on the host
 * @param inRoot whether it was created by this build, so that the root already has its content
 */
record BaseArchive(Path file, boolean inRoot) {}
