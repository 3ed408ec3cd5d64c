/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.nio.file.Path;

/**
 * A jar that was added to the deploy directory, or removed from it.
 *
 * @param file its path
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle
 * @param asked whether it was requested by name; false if it is only a dependency
 */
public record InstalledJar(Path file, String bundle, String version, boolean asked) {}
