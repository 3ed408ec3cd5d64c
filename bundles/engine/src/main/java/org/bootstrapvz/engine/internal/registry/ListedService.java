/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.Optional;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;

/**
 * A registered provider or plugin, or a task with invalid properties, for the catalog.
 *
 * @param kind empty for a task
 * @param current whether it belongs to the generation of its bundle that new builds use
 * @param selectedInstead another bundle that provides the same name and that new builds use instead
 * @param defect what is wrong with its properties, as the end of a sentence
 */
public record ListedService(
    Optional<Kind> kind,
    String name,
    String description,
    OwnerBundle bundle,
    boolean current,
    Optional<OwnerBundle> selectedInstead,
    Optional<String> defect) {}
