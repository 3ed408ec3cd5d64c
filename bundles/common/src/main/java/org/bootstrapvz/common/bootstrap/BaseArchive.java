/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.nio.file.Path;

/**
 * An archive of the base system that this build needs.
 *
 * @param file the archive, on the host
 * @param inRoot whether it was made just now, so that its content is in the root already
 */
record BaseArchive(Path file, boolean inRoot) {}
