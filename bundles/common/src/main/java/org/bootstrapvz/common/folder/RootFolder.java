/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.folder;

import java.nio.file.Path;

/**
 * The complete root as a directory on the disk.
 *
 * @param path in the workspace
 */
public record RootFolder(Path path) {}
