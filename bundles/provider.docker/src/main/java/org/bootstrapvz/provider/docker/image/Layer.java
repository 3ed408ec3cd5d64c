/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.image;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The root as the only layer of the image.
 *
 * @param file the compressed archive, in the workspace
 * @param digest of that file: {@code sha256:…}
 * @param size of that file
 * @param contentDigest digest of the uncompressed archive @param time the time that replaces that
 *     of the build; no file in it is newer
 */
public record Layer(Path file, String digest, long size, String contentDigest, Instant time) {}
