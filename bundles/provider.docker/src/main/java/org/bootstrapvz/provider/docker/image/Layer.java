/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The root as the one layer of the image.
 *
 * @param file the compressed archive, in the workspace
 * @param digest of that file: {@code sha256:…}
 * @param size of that file
 * @param contentDigest of the archive before it was compressed
 * @param time that stands for the time of the build; no file in it is younger
 */
public record Layer(Path file, String digest, long size, String contentDigest, Instant time) {}
