/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.Optional;

/**
 * A file of the deploy directory.
 *
 * @param file its name
 * @param bundle id of its bundle; empty if it was refused
 * @param description the headers of that bundle; for a refused file only if it could be installed
 *     but not started
 * @param problem why builds do not use its current content, as the end of a sentence that starts
 *     with the file; empty if they do
 */
record DeployedFile(
    String file,
    Optional<Long> bundle,
    Optional<Bundles.Description> description,
    Optional<String> problem) {}
