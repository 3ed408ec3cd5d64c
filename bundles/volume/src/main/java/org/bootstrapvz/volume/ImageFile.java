/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.file.Path;

/**
 * The file that holds the plain content of the volume, in the workspace.
 *
 * @param path absolute, the same inside and outside of the sandbox
 */
public record ImageFile(Path path) {}
