/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.image;

import java.nio.file.Path;

/**
 * The image in the format of the manifest, if that is not the format of the volume.
 *
 * @param path in the workspace
 */
public record ConvertedImage(Path path) {}
