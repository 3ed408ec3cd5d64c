/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.nio.file.Path;

/**
 * The image in the format the manifest asks for, where that is not the volume's own.
 *
 * @param path in the workspace
 */
public record ConvertedImage(Path path) {}
