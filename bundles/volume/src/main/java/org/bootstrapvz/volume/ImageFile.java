/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.nio.file.Path;

/**
 * The file that holds the volume, in the workspace.
 *
 * @param path absolute, the same inside and outside of the sandbox
 * @param format what is in it
 */
public record ImageFile(Path path, ImageFormat format) {}
