/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.nio.file.Path;

/**
 * The image that is delivered, if that is not the volume: in the format of the manifest, or packed
 * for a cloud.
 *
 * @param path in the workspace
 * @param extension of the file that is delivered, without the dot
 */
public record ConvertedImage(Path path, String extension) {}
