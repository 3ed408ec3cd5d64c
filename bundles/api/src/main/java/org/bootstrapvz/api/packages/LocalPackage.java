/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import java.nio.file.Path;

/**
 * A .deb file of the host, to be installed.
 *
 * @param file its absolute path
 */
public record LocalPackage(Path file) {}
