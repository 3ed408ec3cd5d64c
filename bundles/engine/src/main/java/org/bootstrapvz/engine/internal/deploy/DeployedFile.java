/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.Optional;

/**
 * A file of the deploy folder.
 *
 * @param file its name
 * @param bundle id of the bundle it became; empty if it was refused
 * @param description what that bundle says of itself; of a refused file only if it could be
 *     installed, but not started
 * @param problem why its present content does not serve builds, as the end of a sentence that
 *     begins with the file; empty if it does
 */
record DeployedFile(
    String file,
    Optional<Long> bundle,
    Optional<Bundles.Description> description,
    String problem) {}
