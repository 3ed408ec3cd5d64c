/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.nio.file.Path;

/**
 * A jar that was put into the deploy folder, or taken out of it.
 *
 * @param file where it lies or lay
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle
 * @param asked whether somebody asked for it; false if only others need it
 */
public record InstalledJar(Path file, String bundle, String version, boolean asked) {}
